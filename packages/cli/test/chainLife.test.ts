/**
 * What a new user does with a network of his own, from `init` to a rule that changed by vote. The node is killed with
 * `kill -9` again and again on the way, and nothing is lost. One test goes on where the one before it ended.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HOOK_LIMIT_MS, neuroshard, temporaryFolder } from "./command.ts";
import { done, type NodeProcess, rewardNep, startNode, type TestNetwork, testNetwork } from "./testNetwork.ts";

const KEY = "economics.constants.TRAINING_REWARD_PER_BATCH";
const NEURO = 10n ** 18n;
/** Periods of the minimal preset: seven days of four blocks. */
const WEEK_BLOCKS = 28;
const LIMIT_MS = 90_000;

let network: TestNetwork;
let node: NodeProcess;
let networkId: unknown;
/** Of the wallet that `init` made, and of a second one. */
let address: string;
let ben: string;
let nepId: string;
let submittedAt: number;

const neuro = (amount: number) => String(BigInt(amount) * NEURO);
const run = (...args: string[]) => done(network.run(...args, "--json", "--node", node.url));

beforeAll(async () => {
  network = testNetwork(afterAll);
  const made = await done(network.run("init", "--preset", "minimal", "--name", "lab", "--json"));
  ({ networkId } = made);
  ({ address } = made.wallet as { address: string });
  await network.run("wallet", "new", "--name", "ben");
  ben = (await network.run("wallet", "show", "--name", "ben", "--address")).stdout.trim();
}, HOOK_LIMIT_MS);

/** Heights are reached by blocks, not by waiting: however slow the machine is, no vote closes too early. */
async function killAndGrowTo(height: number): Promise<void> {
  await node.stop("SIGKILL");
  node = await network.start("--block-ms", "1", "--until", String(height));
  await node.finished;
  node = await network.start("--block-ms", "1000");
}

test(
  "two wallets: a transfer burns 5 % on top, and stake gives power",
  async () => {
    node = await network.start("--block-ms", "100");
    const sent = await run("send", ben, "1000", "--memo", "for the maps");
    const transferred = { kind: "transferred", from: address, to: ben, amount: neuro(1000), burned: neuro(50) };
    expect(sent).toMatchObject({ state: "committed", events: [transferred] });
    expect(await run("tx", String(sent.transactionId))).toMatchObject({ height: sent.height, events: [transferred] });
    await run("stake", "500");
    await run("stake", "300", "--wallet", "ben", "--days", "7");
    expect(await run("account")).toMatchObject({ address, balance: neuro(998_450), stake: { bonded: neuro(500) } });
    expect(await run("account", ben)).toMatchObject({ balance: neuro(700), power: { own: neuro(300) } });
    expect(await run("supply")).toMatchObject({ burned: neuro(50), bonded: neuro(800) });
  },
  LIMIT_MS,
);

test(
  "a proposal is written in Markdown, linted and submitted; killed right after its block, the node still has it",
  async () => {
    const file = join(network.folder, "reward.md");
    writeFileSync(file, rewardNep());
    expect(await network.run("nep", "lint", file)).toMatchObject({ exitCode: 0, stdout: "" });
    await node.stop("SIGKILL");
    node = await network.start("--block-ms", "300");
    const { events, height } = await run("nep", "submit", file);
    const [event] = events as { kind: string; label: number; nepId: string }[];
    expect(event).toMatchObject({ kind: "nepSubmitted", label: 1 });
    nepId = event!.nepId;
    submittedAt = Number(height);
    await killAndGrowTo(submittedAt + WEEK_BLOCKS);
    expect(await run("nep", "show", "NEP-001")).toMatchObject({ nepId, status: "voting", submittedAt });
  },
  LIMIT_MS,
);

test(
  "votes are counted by stake, and can be changed and split until the vote closes",
  async () => {
    await run("nep", "vote", "1", "yes");
    await run("nep", "vote", "1", "no", "--wallet", "ben");
    const approval = { actual: "0.625", needed: "0.66", isReached: false };
    const tally = { yes: neuro(500), no: neuro(300), approval, isPassing: false };
    expect(await run("nep", "tally", "1")).toMatchObject(tally);
    await run("nep", "vote", "1", "--split", "yes=60,no=40", "--wallet", "ben");
    expect(await run("nep", "tally", "1")).toMatchObject({ yes: neuro(680), no: neuro(120), isPassing: true });
  },
  LIMIT_MS,
);

test(
  "the new value is in force at its height and not one block before; params --at shows both",
  async () => {
    const at = submittedAt + 3 * WEEK_BLOCKS;
    await killAndGrowTo(at + 1);
    expect(await run("nep", "show", nepId)).toMatchObject({ status: "active", label: "NEP-001", activateAt: at });
    expect(await run("params", KEY, "--at", String(at - 1))).toMatchObject({ value: "0.0005" });
    expect(await run("params", KEY, "--at", String(at))).toMatchObject({ value: "0.0003", nepId });
    expect(await run("params", "TRAINING_REWARD_PER_BATCH")).toMatchObject({ value: "0.0003", since: at });
    const { entries } = await run("nep", "history", "1");
    const changed = { kind: "parameterChanged", key: KEY, from: "0.0005", to: "0.0003", nepId };
    expect(entries).toContainEqual({ height: at, events: expect.arrayContaining([changed]) });
    expect(await run("nep", "rollback", "1", "--wallet", "ben")).toMatchObject({
      events: [{ kind: "signalled", purpose: "rollback", power: neuro(300) }],
    });
    // The fee is back and no stake is held any more.
    expect(await run("account")).toMatchObject({ balance: neuro(998_450), stake: { deposits: "0" } });
  },
  LIMIT_MS,
);

test(
  "a follower has the same root, and so has the replay of both homes",
  async () => {
    await node.stop("SIGKILL");
    node = await network.start("--block-ms", "3600000");
    const { head } = (await run("status")) as { head: { height: number; stateRoot: string } };
    const copy = join(temporaryFolder(), "copy");
    const args = ["--home", copy, "--port", "0", "--follow", node.url, "--until", String(head.height)];
    const follower = await startNode(args, network.folder);
    expect((await follower.finished).exitCode).toBe(0);
    for (const line of [
      ["--home", network.home],
      ["--home", network.home, "--audit"],
      ["--home", copy],
    ]) {
      const verified = await done(neuroshard(["verify", ...line, "--json"]));
      expect(verified).toMatchObject({ height: head.height, stateRoot: head.stateRoot, networkId });
    }
    const late = join(temporaryFolder(), "late");
    const lateArgs = ["--home", late, "--port", "0", "--follow", node.url, "--from-snapshot"];
    const joined = await startNode([...lateArgs, "--until", String(head.height)], network.folder);
    expect((await joined.finished).exitCode).toBe(0);
    // It has the state, and says that it has no blocks to replay.
    expect(await neuroshard(["verify", "--home", late])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/began from a snapshot/),
    });
    const stopped = await node.stop("SIGTERM");
    expect(stopped).toMatchObject({ exitCode: 0, stderr: "" });
    expect(node.lines.at(-1)).toEqual({ event: "stopped", height: head.height });
  },
  LIMIT_MS,
);
