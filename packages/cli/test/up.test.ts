/**
 * `neuroshard up` as people run it: processes with libp2p between them train one model. In one network, in this order: it
 * learns, a node is killed and comes back, it stops, and goes on where it was; what it did is replayed and talked to.
 */
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Finished, jsonLines, neuroshard, TEXT, temporaryFolder } from "./command.ts";
import { done, expectRefusal } from "./testNetwork.ts";

/** Two nodes and an observer on a busy machine. */
const LIMIT_MS = 300_000;
const FIRST_ROUNDS = 3;

type Line = Readonly<Record<string, unknown>>;
interface NodeLine {
  readonly processId?: number;
  readonly balance: string;
  readonly held: string;
}

let home: string;
beforeAll(() => {
  home = join(temporaryFolder(afterAll), "home");
});

interface Up {
  readonly child: ChildProcessWithoutNullStreams;
  /** Of the whole run until now. */
  readonly lines: readonly Line[];
  readonly finished: Promise<Finished>;
  /** The first line from now on for which it holds. */
  next(holds: (line: Line) => boolean): Promise<Line>;
}

const running = new Set<ChildProcessWithoutNullStreams>();
afterAll(() => {
  for (const child of running) child.kill("SIGTERM");
});

async function up(...more: readonly string[]): Promise<Up> {
  const lines: Line[] = [];
  const waiting = new Set<(line: Line) => void>();
  const { promise: first, resolve } = Promise.withResolvers<ChildProcessWithoutNullStreams>();
  const size = ["--nodes", "2", "--preset", "tiny", "--data", TEXT, "--block-ms", "200", "--port", "0"];
  const finished = neuroshard(["up", "--home", home, ...size, "--json", ...more], {
    onLine(text, child) {
      const line = JSON.parse(text) as Line;
      lines.push(line);
      running.add(child);
      resolve(child);
      for (const tell of waiting) tell(line);
    },
  });
  const child = await first;
  void finished.then(() => running.delete(child));
  const next: Up["next"] = async (holds) => {
    const { promise, resolve: found } = Promise.withResolvers<Line>();
    const tell = (line: Line): void => void (holds(line) && found(line));
    waiting.add(tell);
    const ended = finished.then(({ stderr }) => Promise.reject(new Error(`up ended before: ${stderr}`)));
    return await Promise.race([promise, ended]).finally(() => waiting.delete(tell));
  };
  return { child, lines, finished, next };
}

const nodesOf = ({ nodes }: Line): readonly NodeLine[] => nodes as readonly NodeLine[];
const isAfter = (round: number) => (line: Line) => line.event === "status" && Number(line.modelRound) > round;

describe("a network of two trainers", () => {
  test(
    "trains one model: the loss falls, and it ends after the rounds it was asked for",
    async () => {
      const { finished, lines } = await up("--rounds", `${FIRST_ROUNDS}`);
      expect(await finished).toMatchObject({ exitCode: 0, stderr: "" });
      const statuses = lines.filter(({ event }) => event === "status");
      const losses = statuses.flatMap(({ loss }) => (typeof loss === "number" ? [loss] : []));
      expect(losses.at(-1)).toBeLessThan(losses[0]!);
      const rounds = new Set(statuses.map(({ modelRound }) => modelRound));
      expect([...rounds]).toEqual([0, 1, 2, FIRST_ROUNDS]);
      const digests = new Set(statuses.map(({ modelDigest }) => modelDigest));
      expect(digests.size).toBe(FIRST_ROUNDS + 1);
    },
    LIMIT_MS,
  );

  test(
    "the next start goes on and pays; a node that is killed comes back; work is replayed; Ctrl-C stops all of it",
    async () => {
      const network = await up();
      const first = await network.next(isAfter(FIRST_ROUNDS - 1));
      expect(Number(first.modelRound)).toBeGreaterThanOrEqual(FIRST_ROUNDS);
      const url = String(first.url);
      const { processId } = nodesOf(first)[1]!;
      process.kill(processId!, "SIGKILL");
      const death = await network.next(({ message }) => String(message).includes("was ended by SIGKILL"));
      expect(death.message).toContain("node 2");
      const isBack = (line: Line): boolean =>
        line.event === "status" && ![undefined, processId].includes(nodesOf(line)[1]!.processId);
      const back = await network.next(isBack);
      await network.next(isAfter(Number(back.modelRound) + 1));

      const status = await done(neuroshard(["status", "--node", url, "--json"]));
      const { training, trainers } = status as { training: { modelRound: number }; trainers: readonly NodeLine[] };
      expect(training.modelRound).toBeGreaterThan(Number(back.modelRound));
      expect(trainers.map(({ held, balance }) => BigInt(held) + BigInt(balance) > 500n * 10n ** 18n)).toContain(true);
      const page = await done(neuroshard(["rounds", "--node", url, "--json"]));
      expect((page.rounds as readonly Line[]).map(({ phase }) => phase)).toContain("done");
      const settled = (page.rounds as readonly Line[]).findLast(
        ({ accounting, phase }) => accounting === "settled" && phase === "done",
      )!;
      const paid = await done(neuroshard(["rounds", String(settled.number), "--node", url, "--json"]));
      const events = (paid.pay as { readonly events: readonly Line[] }).events;
      expect(events.map(({ kind }) => kind)).toContain("rewarded");
      const paidText = await neuroshard(["rounds", String(settled.number), "--node", url]);
      expect(paidText.stdout).toMatch(/training .* steps x /);
      const shown = await neuroshard(["rounds", "1", "--node", url]);
      expect(shown.stdout).toMatch(/^round 1\n {2}phase +done/);

      const named = ["--round", "1", "--slot", "0", "--json"];
      const fromHome = await done(neuroshard(["verify", ...named, "--segment", "0", "--home", home]));
      expect(fromHome).toMatchObject({ isSame: true, found: fromHome.committed });
      const fromPeers = await done(neuroshard(["verify", ...named, "--segment", "1", "--network", url]));
      expect(fromPeers).toMatchObject({ isSame: true, found: fromPeers.committed });
      const unknown = await neuroshard(["verify", "--round", "9999", "--slot", "0", "--segment", "0", "--home", home]);
      expectRefusal(unknown, 1, /the chain has no round 9999/);

      const prompt = ["--prompt", "You may", "--max-tokens", "5", "--json"];
      expect(await done(neuroshard(["generate", "--network", home, ...prompt]))).toMatchObject({ tokens: 5 });

      network.child.kill("SIGINT");
      expect(await network.finished).toMatchObject({ exitCode: 0, stderr: "" });
      const last = network.lines.findLast(({ event }) => event === "status")!;
      expect(nodesOf(last).filter((node) => isAlive(node.processId!))).toEqual([]);
    },
    LIMIT_MS,
  );

  test(
    "a node that does not end is killed and named, and a second signal waits for nobody",
    async () => {
      for (const [signals, exitCode, said] of [
        [["SIGINT"], 1, /^neuroshard: node 2 did not end within 6 s and had to be killed;/],
        [["SIGINT", "SIGTERM"], 143, /^$/],
      ] as const) {
        const network = await up();
        const status = await network.next(
          (line) => line.event === "status" && nodesOf(line).every(({ processId }) => processId !== undefined),
        );
        const { processId } = nodesOf(status)[1]!;
        process.kill(processId!, "SIGSTOP");
        for (const signal of signals) network.child.kill(signal);
        const { stderr, ...ended } = await network.finished;
        if (signals.length > 1) process.kill(processId!, "SIGKILL");
        else expect(isAlive(processId!)).toBe(false);
        expect(ended).toMatchObject({ exitCode });
        expect(stderr).toMatch(said);
      }
    },
    LIMIT_MS,
  );

  test(
    "every node has the chain, which anybody replays",
    async () => {
      const heights: number[] = [];
      for (const each of [home, join(home, "node-1"), join(home, "node-2")]) {
        const replayed = await done(neuroshard(["verify", "--home", each, "--json"]));
        heights.push(Number(replayed.height));
      }
      expect(Math.min(...heights)).toBeGreaterThan(0);
    },
    LIMIT_MS,
  );

  test(
    "the model is there when nothing runs",
    async () => {
      const args = ["generate", "--network", home, "--prompt", "You may", "--max-tokens", "4", "--json"];
      const [{ text } = { text: undefined }] = jsonLines((await neuroshard(args)).stdout);
      expect(text).toEqual(expect.any(String));
      expect(await done(neuroshard(args))).toMatchObject({ text });
    },
    LIMIT_MS,
  );
});

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}
