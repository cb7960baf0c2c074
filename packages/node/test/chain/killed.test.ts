/** What "committed" is worth: a sequencer is killed again and again, and nothing it has spoken of is ever gone. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Digest } from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { verifyChain } from "../../src/chain/replay.ts";
import { openTestChain, testHome } from "./testNetwork.ts";

const PRODUCER = fileURLToPath(new URL("./keepProducing.ts", import.meta.url));

interface Reported {
  readonly height: number;
  readonly digest: string;
  readonly stateRoot: string;
  readonly ids: readonly string[];
}

/** Lets a sequencer run until it has reported `blocks` blocks and is at work on the next one. */
async function runAndKill(home: string, seed: number, blocks: number): Promise<readonly Reported[]> {
  const child: ChildProcess = spawn(process.execPath, [PRODUCER, home, String(seed)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout! })) {
    lines.push(line);
    if (lines.length === blocks) child.kill("SIGKILL");
  }
  expect(await exited).toEqual([null, "SIGKILL"]);
  return lines.flatMap((line) => {
    const [height, digest, stateRoot, ...ids] = line.split(" ");
    // The last line may have been cut.
    const isWhole = ids.every((id) => id.length === 64) && stateRoot?.length === 64;
    return isWhole ? [{ height: Number(height), digest: digest!, stateRoot, ids }] : [];
  });
}

test("a sequencer that is killed in the middle of its work has lost nothing that it reported", async () => {
  const home = await testHome();
  const reported: Reported[] = [];
  for (const [seed, blocks] of [
    [11, 1],
    [12, 7],
    [13, 3],
    [14, 19],
    [15, 2],
    [16, 11],
  ] as const) {
    reported.push(...(await runAndKill(home, seed, blocks)));
    const chain = openTestChain(home);
    const last = reported.at(-1)!;
    expect(chain.head().height).toBeGreaterThanOrEqual(last.height);
    for (const { height, digest, stateRoot, ids } of reported) {
      const { header } = chain.header(height)!;
      expect(header.stateRoot).toBe(stateRoot);
      expect(chain.header(height + 1)?.header.parent ?? chain.head().digest).toBe(digest);
      for (const id of ids) expect(chain.transactionById(id as Digest)).toMatchObject({ kind: "committed", height });
    }
    chain.close();
  }
  expect(reported.map(({ height }) => height)).toEqual([...new Set(reported.map(({ height }) => height))]);
  const chain = openTestChain(home);
  const { height, stateRoot } = await verifyChain(home, { isAudited: true });
  expect({ height, stateRoot }).toEqual({
    height: chain.head().height,
    stateRoot: chain.head().signedHeader!.header.stateRoot,
  });
});
