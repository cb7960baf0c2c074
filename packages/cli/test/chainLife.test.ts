/** What a new user does with a network of his own, in the words of the issue that asked for it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { done, type NodeProcess, rewardNep, testNetwork } from "./testNetwork.ts";

const KEY = "economics.constants.TRAINING_REWARD_PER_BATCH";
const NEURO = 10n ** 18n;
/** Some forty processes. */
const LIMIT_MS = 180_000;

const neuro = (decimal: number) => String((BigInt(decimal * 1000) * NEURO) / 1000n);

test(
  "from init to a rule that changed by vote: nothing is lost by kill -9, and the replay has the same root",
  async () => {
    const network = testNetwork();
    const { home, folder } = network;
    let node: NodeProcess;
    const run = (...args: string[]) => done(network.run(...args, "--json", "--node", node.url));
    const killed = async () => void (await node.stop("SIGKILL"));

    // Two wallets, a transfer with the burn on top, and stake.
    const made = await done(network.run("init", "--preset", "minimal", "--name", "lab", "--json"));
    const { address } = made.wallet as { address: string };
    const ben = String((await done(network.run("wallet", "new", "--name", "ben", "--json"))).address);
    node = await network.start("--block-ms", "100");
    const sent = await run("send", ben, "1000", "--memo", "for the maps");
    expect(sent).toMatchObject({
      state: "committed",
      events: [{ kind: "transferred", from: address, to: ben, amount: neuro(1000), burned: neuro(50) }],
    });
    await run("stake", "500");
    expect(await run("stake", "300", "--wallet", "ben", "--days", "7")).toMatchObject({ state: "committed" });
    expect(await run("account")).toMatchObject({ address, balance: neuro(998_450), stake: { bonded: neuro(500) } });
    expect(await run("account", ben)).toMatchObject({ balance: neuro(700), power: { own: neuro(300) } });

    // A proposal in Markdown. The node is killed as soon as the proposal stands in a block.
    const file = join(folder, "reward.md");
    writeFileSync(file, rewardNep());
    expect((await network.run("nep", "lint", file)).exitCode).toBe(0);
    await killed();
    node = await network.start("--block-ms", "300");
    const submitted = await run("nep", "submit", file);
    await killed();
    const [event] = submitted.events as { kind: string; label: number; nepId: string }[];
    expect(event).toMatchObject({ kind: "nepSubmitted", label: 1 });

    // The vote opens at its height, which is reached by blocks and not by waiting.
    const votingFrom = Number(submitted.height) + 28 + 1;
    node = await network.start("--block-ms", "1", "--until", String(votingFrom - 1));
    await node.finished;
    node = await network.start("--block-ms", "500");
    expect(await run("nep", "show", "NEP-001")).toMatchObject({ status: "voting", votingFrom, nepId: event!.nepId });
    await run("nep", "vote", "1", "yes");
    await run("nep", "vote", "1", "--split", "no=100", "--wallet", "ben");
    expect(await run("nep", "tally", "1")).toMatchObject({
      yes: neuro(500),
      no: neuro(300),
      approval: { actual: "0.625", needed: "0.66", isReached: false },
      isPassing: false,
    });
    await run("nep", "vote", "1", "--split", "yes=60,no=40", "--wallet", "ben");
    expect(await run("nep", "tally", "1")).toMatchObject({ yes: neuro(680), no: neuro(120), isPassing: true });
    await killed();

    // In force at its height: not one block before.
    node = await network.start("--block-ms", "1", "--until", String(votingFrom + 28 + 28 + 2));
    await node.finished;
    node = await network.start("--block-ms", "500");
    const active = await run("nep", "show", event!.nepId);
    expect(active).toMatchObject({ status: "active", label: "NEP-001" });
    const at = Number(active.activateAt);
    expect(at).toBe(votingFrom + 28 - 1 + 28);
    expect(await run("params", KEY, "--at", String(at - 1))).toMatchObject({ value: "0.0005" });
    expect(await run("params", KEY, "--at", String(at))).toMatchObject({ value: "0.0003", nepId: event!.nepId });
    expect(await run("params", "TRAINING_REWARD_PER_BATCH")).toMatchObject({ value: "0.0003", since: at });
    expect(await run("nep", "history", "1")).toMatchObject({
      entries: expect.arrayContaining([
        {
          height: at,
          events: expect.arrayContaining([expect.objectContaining({ key: KEY, from: "0.0005", to: "0.0003" })]),
        },
      ]),
    });

    expect(await run("nep", "rollback", "1", "--wallet", "ben")).toMatchObject({
      events: [{ kind: "signalled", purpose: "rollback", power: neuro(300) }],
    });

    // The fee came back; what is missing is what was staked, sent and burned.
    expect(await run("account")).toMatchObject({ balance: neuro(998_450), stake: { deposits: "0" } });
    await node.stop("SIGTERM");
    node = await network.start("--block-ms", "3600000");
    const status = await run("status");
    const { head } = status as { head: { height: number; stateRoot: string } };
    for (const audit of [[], ["--audit"]]) {
      const verified = await done(network.run("verify", "--home", home, "--json", ...audit));
      expect(verified).toMatchObject({ height: head.height, stateRoot: head.stateRoot, networkId: made.networkId });
    }
    expect((await node.stop("SIGTERM")).exitCode).toBe(0);
  },
  LIMIT_MS,
);
