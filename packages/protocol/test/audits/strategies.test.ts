/**
 * Ways to be paid for work that was not done, as far as the chain can see them: each is refused outright, or found within the
 * rounds that the audit rate promises, and has then lost more than it gained.
 */
import { describe, expect, test } from "vitest";
import { decimal, ONE } from "../../src/numbers/decimal.ts";
import type { DraftEvent } from "../../src/transition/events.ts";
import { person } from "../chain/testChain.ts";
import { type CommitChange, digestOf, type RoundNetwork, segmentsOf } from "../rounds/roundNetwork.ts";
import { eventsDuring, liar, NAMES, networkOf, only } from "./auditNetwork.ts";

const [HONEST, CHEAT] = ["ada", "eve"] as const;
const cheat = person(CHEAT).account;

/** A small flat slash, so that accounts without stake have their cover after some rounds of honest work. */
const RARELY = {
  "training.audit.AUDIT_PROBABILITY": decimal("0.05"),
  "economics.constants.SLASH_AMOUNT": decimal("0.1"),
};

/** Runs rounds until a cheat has been found so often; gives how many rounds that took. */
function untilFound(network: RoundNetwork, times: number): number {
  const { round: start } = network.chain.state.cells.training;
  const found = (): number => network.chain.entry("standings", network.deviceKey(CHEAT))?.failedAudits ?? 0;
  network.stepUntil(() => found() >= times, 2000);
  return network.chain.state.cells.training.round - start;
}

interface Balance {
  readonly gained: bigint;
  readonly lost: bigint;
}

function balanceOf(events: readonly DraftEvent[]): Balance {
  const sum = (amounts: readonly { readonly account: string; readonly amount: bigint }[]): bigint =>
    amounts.reduce((total, { account, amount }) => (account === cheat ? total + amount : total), 0n);
  return {
    gained: sum(only(events, "rewarded")),
    lost: sum(only(events, "slashed")) + sum(only(events, "burned")),
  };
}

/** Digests of work that a change makes something else than what the slot asks for. */
const copied: CommitChange = (commit) => ({
  ...commit,
  segments: segmentsOf(HONEST, commit.round, commit.segments.length),
  endWeights: digestOf(`${HONEST} ${commit.round} weights`),
  endOptimizer: digestOf(`${HONEST} ${commit.round} optimizer`),
  delta: digestOf(`${HONEST} ${commit.round} delta`),
  endResidual: digestOf(`${HONEST} ${commit.round} residual`),
});

/** Says that it began at the present model, and has trained an old one. */
const stale: CommitChange = (commit) => ({
  ...commit,
  segments: segmentsOf(CHEAT, 1, commit.segments.length),
  endWeights: digestOf(`${CHEAT} 1 weights`),
  endOptimizer: digestOf(`${CHEAT} 1 optimizer`),
  delta: digestOf(`${CHEAT} 1 delta`),
});

/** No cover is asked for, so that the audit rate alone counts from the first round on. */
const UNCOVERED = { ...RARELY, "economics.emission.REWARD_BOND_SLASHES": 0n };

describe("with one audit in twenty, a staked trainer that", () => {
  const CHEATS: readonly (readonly [what: string, change: CommitChange | undefined])[] = [
    ["made everything up (A1)", undefined],
    ["trained an old model and says it was the present one (A3)", stale],
    ["copied another's contribution (A4)", copied],
  ];

  test.each(CHEATS)("%s is found after some rounds, and has lost more than it was paid", (_, change) => {
    const network = networkOf({ params: UNCOVERED });
    if (change === undefined) liar(network, CHEAT);
    else network.changes.set(CHEAT, change);
    let rounds = 0;
    const events = eventsDuring(network, () => {
      rounds = untilFound(network, 1);
    });
    const { gained, lost } = balanceOf(events);
    // Twenty are expected.
    expect(rounds).toBeGreaterThan(1);
    expect(rounds).toBeLessThanOrEqual(60);
    expect(gained).toBeLessThan(lost);
    expect(only(events, "slashed").every(({ account }) => account === cheat)).toBe(true);
  });
});

describe("a trainer that withholds what its commitment stands for (A10)", () => {
  const deny = (network: RoundNetwork): void => {
    for (const name of NAMES.filter((each) => each !== CHEAT)) {
      network.answers.set(name, (truth) => (network.isAuditOf(CHEAT) ? { kind: "unavailable" } : truth));
    }
  };

  test("is paid nothing while it has no cover, since it is looked at every time", () => {
    const network = networkOf({ stake: 0n, params: RARELY });
    deny(network);
    const events = eventsDuring(network, () => network.runRounds(10));
    expect(balanceOf(events).gained).toBe(0n);
  });

  test("after honest rounds loses held pay of as many rounds as it expects to get away with, and is watched from then on", () => {
    const network = networkOf({ params: RARELY });
    const key = network.deviceKey(CHEAT);
    // With stake, cover is twenty rounds of held pay.
    network.runRounds(30);
    const bond = network.chain.entry("bonds", cheat)!.amount;
    expect(bond).toBeGreaterThan(0n);
    deny(network);
    const events = eventsDuring(network, () => untilFound(network, 1));
    const { gained, lost } = balanceOf(events);
    const perRound = only(events, "rewarded").find(({ account }) => account === cheat)?.amount ?? 0n;
    expect(lost).toBeGreaterThanOrEqual(20n * perRound);
    expect(gained).toBeLessThanOrEqual(lost);
    expect(only(events, "slashed")).toEqual([]);
    expect(network.chain.entry("stakes", cheat)!.lots[0]!.amount).toBe(100n * ONE);
    const later = eventsDuring(network, () => network.runRounds(12));
    expect(balanceOf(later).gained).toBe(0n);
    expect(network.chain.entry("standings", key)!.failedAudits).toBeGreaterThan(5);
  });
});

test("a device that has failed is looked at every time, until work of it has been confirmed", () => {
  const network = networkOf({ params: UNCOVERED });
  liar(network, CHEAT);
  untilFound(network, 1);
  const { round: found } = network.chain.state.cells.training;
  network.runRounds(10);
  for (let number = found + 1; number < found + 8; number++) {
    const { slots } = network.chain.entry("rounds", String(number))!;
    const slot = slots.findIndex(({ account }) => account === cheat);
    expect(network.chain.entry("audits", `${number}/${slot}`)).not.toBe(undefined);
  }
  network.changes.delete(CHEAT);
  network.runRounds(40);
  const later = [...network.chain.state.tables.audits.entries()].map(([, audit]) => audit);
  const drawn = later.filter(({ round, slot }) => {
    return round > found + 20 && network.chain.entry("rounds", String(round))!.slots[slot]!.account === cheat;
  });
  // Every second one from then on.
  expect(drawn.length).toBeGreaterThan(5);
  expect(drawn.length).toBeLessThan(25);
});

describe("the chain refuses", () => {
  test("a second commitment for the same slot (A13), and the same one again (A14)", () => {
    const network = networkOf();
    network.awake.delete(CHEAT);
    network.stepUntil(() => network.round.phase === "train");
    const { chain } = network;
    const commit = network.commitOf(CHEAT);
    const from = network.device(CHEAT);
    const bytes = chain.signed({ from, body: { kind: "commitWork", commit } });
    const [first, again] = chain.block(bytes, bytes);
    expect(first!.outcome.kind).toBe("accepted");
    expect(again!.outcome).toMatchObject({ kind: "rejected", code: "NONCE_STALE" });
    const other = { ...commit, delta: digestOf("another") };
    expect(network.refusal(from, { kind: "commitWork", commit: other }).code).toBe("ALREADY_COMMITTED");
    expect(network.refusal(from, { kind: "commitWork", commit }).code).toBe("ALREADY_COMMITTED");
  });

  test("the work of an earlier round (A14), and another base model than the present one (A3)", () => {
    const network = networkOf();
    network.awake.delete(CHEAT);
    network.stepUntil(() => network.round.phase === "train");
    const from = network.device(CHEAT);
    const old = network.commitOf(CHEAT);
    network.awake.add(CHEAT);
    network.runRounds(1);
    network.awake.delete(CHEAT);
    network.stepUntil(() => network.round.phase === "train");
    expect(network.refusal(from, { kind: "commitWork", commit: old }).code).toBe("ROUND_UNKNOWN");
    const { number, slots } = network.round;
    const slot = slots.findIndex(({ device }) => device === network.deviceKey(CHEAT));
    const renamed = { ...old, round: number, slot };
    expect(network.refusal(from, { kind: "commitWork", commit: renamed })).toMatchObject({ code: "COMMIT_MISMATCH" });
  });

  test("answers of those who were not drawn, so that nobody can open audits of others (A16)", () => {
    const network = networkOf();
    network.runRounds(3);
    const seal = digestOf("seal");
    const from = network.device(CHEAT);
    const { round } = network.chain.state.cells.training;
    expect(network.refusal(from, { kind: "auditSeal", round: round + 9, slot: 0, seal }).code).toBe("AUDIT_UNKNOWN");
    const others = [...network.chain.state.tables.audits.entries()]
      .map(([, audit]) => audit)
      .filter(({ auditors }) => auditors.every(({ account }) => account !== cheat));
    expect(others.length).toBeGreaterThan(0);
    for (const { round: number, slot } of others) {
      const refused = network.refusal(from, { kind: "auditSeal", round: number, slot, seal });
      expect(refused.code).toBe("NOT_AN_AUDITOR");
    }
  });
});

test("each slot of a round is paid once at most, whatever is sent again", () => {
  const network = networkOf();
  const events = eventsDuring(network, () => network.runRounds(12));
  const paid = only(events, "rewarded").map(({ round, slot }) => `${round}/${slot}`);
  expect(paid.length).toBeGreaterThan(20);
  expect(new Set(paid).size).toBe(paid.length);
});
