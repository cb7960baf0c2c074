/**
 * A trainer whose states are honest and whose contribution is not: the step that hurts the model is replayed in every audit,
 * so it is found as often as work is drawn, however many segments it has.
 */
import { describe, expect, test } from "vitest";
import { decimal, ONE } from "../../src/numbers/decimal.ts";
import { person } from "../chain/testChain.ts";
import { type CommitChange, digestOf } from "../rounds/roundNetwork.ts";
import { eventsDuring, networkOf, only } from "./auditNetwork.ts";

const POISONER = "eve";
const { account } = person(POISONER);
const ROUNDS = 120;

/** The same chance for everybody, whatever has happened before; a slash so small that the stake lasts. */
const EVENLY = {
  "training.audit.AUDIT_PROBABILITY": ONE / 4n,
  "training.audit.FAILED_AUDIT_PROBABILITY": ONE / 4n,
  "training.audit.UNBONDED_AUDIT_PROBABILITY": ONE / 4n,
  "economics.constants.SLASH_AMOUNT": decimal("0.1"),
} as const;

const poisoned: CommitChange = (commit) => ({ ...commit, delta: digestOf(`poison ${commit.round}`) });
/** What it leaves out of one contribution comes with the next. */
const hoarded: CommitChange = (commit) => ({ ...commit, endResidual: digestOf(`poison ${commit.round}`) });

/** Thirty are expected, give or take five. Another balance is another genesis, and with it come other lots. */
const RUNS: readonly (readonly [what: string, change: CommitChange, balance: string, found: number])[] = [
  ["another contribution", poisoned, "1000", 39],
  ["another contribution", poisoned, "1001", 31],
  ["another residual", hoarded, "1002", 28],
];

describe("with one audit in four and two segments, both honest, a trainer that commits to", () => {
  test.each(RUNS)("%s is found whenever its work is drawn, and nobody else pays", (_, change, balance, found) => {
    const network = networkOf({ params: EVENLY, balance });
    network.changes.set(POISONER, change);
    const events = eventsDuring(network, () => network.runRounds(ROUNDS));
    const settled = only(events, "auditSettled");
    const ofPoisoner = settled.filter((each) => each.account === account);
    expect(new Set(ofPoisoner.map(({ outcome }) => outcome))).toEqual(new Set(["wrong"]));
    expect(ofPoisoner).toHaveLength(found);
    // Whichever segment the lot names, it shows.
    const segments = only(events, "auditDrawn").map(({ segment }) => segment);
    expect(new Set(segments)).toEqual(new Set([0, 1]));
    const slashed = only(events, "slashed");
    expect(slashed).toHaveLength(found);
    expect(slashed.every((each) => each.account === account)).toBe(true);
    const ofOthers = settled.filter((each) => each.account !== account);
    expect(ofOthers.length).toBeGreaterThan(ROUNDS / 2);
    expect(new Set(ofOthers.map(({ outcome }) => outcome))).toEqual(new Set(["honest"]));
  });
});
