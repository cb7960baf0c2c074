/** Nodes that cheat, and what it costs them; the others lose nothing. */
import type { VerifiedSegment } from "@neuroshard/node";
import { verifySegment } from "@neuroshard/node";
import { bytesToHex, type DeviceKey, type Digest, type DraftEvent, ONE, slotKey } from "@neuroshard/protocol";
import type { RoundWorker } from "@neuroshard/training";
import { expect, onTestFinished, test } from "vitest";
import { equivocate } from "../src/behaviours/equivocate.ts";
import { LocalNetwork, type LocalNetworkOptions, type SimulatedNode } from "../src/localNetwork.ts";
import { simKey } from "../src/simKey.ts";

const PARAMETERS = {
  "training.audit.AUDIT_TIMEOUT": 6,
  "training.audit.AUDIT_WINDOW": 24,
  "economics.staking.UNBONDING": 60,
};
/** So rarely that the seed of these tests draws none. */
const RARELY_AUDITED = {
  "training.audit.AUDIT_PROBABILITY": ONE / 20n,
  "training.audit.FAILED_AUDIT_PROBABILITY": ONE / 20n,
  "training.audit.UNBONDED_AUDIT_PROBABILITY": ONE / 20n,
};
const HONEST = ["ada", "bea", "cyd"];
const NO_DIGEST = "77".repeat(32) as Digest;

type Corrupt = NonNullable<SimulatedNode["corrupt"]>;

async function networkWith(corrupt: Corrupt, options: Partial<LocalNetworkOptions> = {}): Promise<LocalNetwork> {
  const nodes = [...HONEST.map((name) => ({ name })), { name: "eve", corrupt }];
  const network = await LocalNetwork.create({ nodes, parameters: PARAMETERS, stake: 100n * ONE, ...options });
  onTestFinished(() => network.close());
  await network.start();
  return network;
}

function slashedIn({ happened }: LocalNetwork): readonly string[] {
  const slashed = happened.filter(
    (event): event is Extract<DraftEvent, { kind: "slashed" }> => event.kind === "slashed",
  );
  return [...new Set(slashed.map(({ account }) => account))];
}

function inclusionOf(network: LocalNetwork, name: string, round: number): string | undefined {
  return network.round(round).slots.find(({ device }) => device === network.node(name).device)?.inclusion;
}

/** Trains on other samples than its slot's: its states lead to one another only by its own account. */
const otherSamples: Corrupt = (worker): RoundWorker => ({
  ...worker,
  train: (start, options) => worker.train({ ...start, roundSeed: NO_DIGEST }, options),
});

test("a contribution that is withheld is left out, and holds nobody up", async () => {
  const network = await networkWith((worker) => ({
    ...worker,
    train: async (start, options) => ({ ...(await worker.train(start, options)), delta: NO_DIGEST }),
  }));
  await network.runThrough(4);
  for (const round of [2, 3, 4]) {
    expect(network.round(round).phase).toBe("done");
    expect(inclusionOf(network, "eve", round)).toBe("left-out");
    for (const name of HONEST) expect(inclusionOf(network, name, round)).toBe("included");
  }
  expect(slashedIn(network)).toEqual([]);
});

test("a contribution that is no contribution is left out", async () => {
  const network = await networkWith((worker, blobs) => ({
    ...worker,
    async train(start, options) {
      const delta = blobs.put(new Uint8Array(100));
      return { ...(await worker.train(start, options)), delta, deltaBytes: 100 };
    },
  }));
  await network.runThrough(3);
  expect(inclusionOf(network, "eve", 3)).toBe("left-out");
  expect(inclusionOf(network, "ada", 3)).toBe("included");
});

test("a trainer that did other work than its slot's is slashed, the others are not", async () => {
  const network = await networkWith(otherSamples);
  await network.runThrough(8);
  expect(slashedIn(network)).toEqual([network.node("eve").account.account]);
  const settled = network.happened.filter((event) => event.kind === "auditSettled");
  const { account } = network.node("eve").account;
  expect(settled.some((event) => event.account === account && event.outcome === "wrong")).toBe(true);
  for (const event of settled) if (event.account !== account) expect(event.outcome).toBe("honest");
});

test("who signs two commits for a slot is reported by whoever hears both, in each round, without any audit", async () => {
  const nodes = [...HONEST.map((name) => ({ name })), { name: "eve", ...equivocate(() => network.state) }];
  const parameters = { ...PARAMETERS, ...RARELY_AUDITED };
  const network: LocalNetwork = await LocalNetwork.create({ nodes, parameters, stake: 100n * ONE });
  onTestFinished(() => network.close());
  await network.start();
  await network.runThrough(3);
  const { account } = network.node("eve").account;
  const slashed = network.happened.filter((event) => event.kind === "slashed");
  expect(slashed.map((event) => event.account)).toEqual([account, account, account]);
  expect([...network.state.tables.evidence.entries()]).toHaveLength(3);
  expect(network.happened.some((event) => event.kind === "auditSettled" && event.outcome === "wrong")).toBe(false);
});

test("an auditor that says what did not happen is slashed, the trainer is not", async () => {
  const network = await networkWith((worker) => ({
    ...worker,
    replay: async () => ({ kind: "replayed", end: NO_DIGEST, interior: NO_DIGEST }),
  }));
  await network.runThrough(8);
  expect(slashedIn(network)).toEqual([network.node("eve").account.account]);
});

test("a trainer that has no states of what it committed to is told from one that has wrong ones", async () => {
  const network = await networkWith((worker) => ({
    ...worker,
    async train(start, options) {
      const trained = await worker.train(start, options);
      const invented = trained.states.map((_, index) => ({
        weights: `${index}1`.repeat(32) as Digest,
        optimizer: `${index}2`.repeat(32) as Digest,
      }));
      return { ...trained, states: [...invented.slice(0, -1), trained.states.at(-1)!] };
    },
  }));
  await network.runThrough(10);
  const outcomes = network.happened.flatMap((event) => (event.kind === "auditSettled" ? [event] : []));
  const { account } = network.node("eve").account;
  const ofEve = outcomes.filter((event) => event.account === account).map(({ outcome }) => outcome);
  expect(ofEve).toContain("unavailable");
  for (const name of HONEST) expect(slashedIn(network)).not.toContain(network.node(name).account.account);
});

async function verifyAll(
  network: LocalNetwork,
  guest: ReturnType<LocalNetwork["guest"]>,
  { round, slot }: { readonly round: number; readonly slot: number },
): Promise<readonly VerifiedSegment[]> {
  const { commit } = network.state.tables.commits.get(slotKey(round, slot))!;
  const verified: VerifiedSegment[] = [];
  for (let segment = 0; segment <= commit.segments.length; segment++) {
    const { state, clock } = network;
    const { signal } = new AbortController();
    let isDone = false;
    const verifying = verifySegment({ ...guest, state, clock, signal, round, slot, segment }).finally(() => {
      isDone = true;
    });
    verifying.catch(() => undefined);
    await network.runUntil(() => isDone, 60_000);
    verified.push(await verifying);
  }
  return verified;
}

test("anybody can replay each part of a slot: honest work is as committed, other work is not", async () => {
  const network = await networkWith(otherSamples);
  await network.runThrough(3);
  const { slots } = network.round(3);
  const slotOf = (name: string): number => slots.findIndex(({ device }) => device === network.node(name).device);
  const guest = network.guest(bytesToHex(simKey("guest").publicKey) as DeviceKey);
  await network.runFor(1000);
  const honest = await verifyAll(network, guest, { round: 3, slot: slotOf("ada") });
  expect(honest.map(({ isSame }) => isSame)).toEqual([true, true, true]);
  for (const { committed, found } of honest) expect(found).toBe(committed);
  const other = await verifyAll(network, guest, { round: 3, slot: slotOf("eve") });
  // What it compressed is what it had.
  expect(other.map(({ isSame }) => isSame)).toEqual([false, false, true]);
});

test("what the chain does not have cannot be verified, and says so", async () => {
  const network = await networkWith(otherSamples);
  await network.runThrough(1);
  const guest = network.guest(bytesToHex(simKey("guest").publicKey) as DeviceKey);
  const { state, clock } = network;
  const ask = (round: number, slot: number, segment: number) =>
    verifySegment({ ...guest, state, clock, signal: new AbortController().signal, round, slot, segment });
  await expect(ask(99, 0, 0)).rejects.toMatchObject({ code: "NO_WORK" });
  await expect(ask(1, 77, 0)).rejects.toMatchObject({ code: "NO_WORK" });
  await expect(ask(1, 0, 9)).rejects.toMatchObject({ code: "NO_WORK" });
});
