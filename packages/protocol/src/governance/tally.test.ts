/** Single ballots, and what a tally decides. The votes of a chain are in `test/governance`. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { propertySettings } from "../../test/propertySettings.ts";
import type { FrozenRules, NepTally } from "../nep/record.ts";
import { decimal, ONE } from "../numbers/decimal.ts";
import { countBallot, verdictOf, votesCast } from "./tally.ts";

const EMPTY: NepTally = { yes: 0n, no: 0n, abstain: 0n, veto: 0n, voters: 0, others: 0n };
const RULES = {
  quorum: decimal("0.2"),
  approval: decimal("0.66"),
  veto: decimal("0.333333333333333334"),
  minVoters: 1,
  minStakeVoted: 0n,
} as FrozenRules;

const split = fc
  .tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 10_000 }))
  .map((cuts) => [0, ...cuts.sort((a, b) => a - b), 10_000])
  .map(([a, b, c, d, e]) => ({ yes: b! - a!, no: c! - b!, abstain: d! - c!, veto: e! - d! }));

test("a ballot adds exactly its power, and taking it back leaves nothing of it", () => {
  fc.assert(
    fc.property(
      split,
      fc.bigInt({ min: 1n, max: 10n ** 27n }),
      fc.bigInt({ min: 0n, max: 10n ** 27n }),
      (parts, power, others) => {
        const counted = countBallot(EMPTY, parts, { power, others, sign: 1n });
        expect(votesCast(counted)).toBe(power);
        expect(counted.voters).toBe(1);
        expect(countBallot(counted, parts, { power, others, sign: -1n })).toEqual(EMPTY);
      },
    ),
    propertySettings(1),
  );
});

test("a ballot without power is no voter", () => {
  expect(countBallot(EMPTY, { yes: 10_000, no: 0, abstain: 0, veto: 0 }, { power: 0n, others: 0n, sign: 1n })).toEqual(
    EMPTY,
  );
});

test.each([
  ["nothing", {}, "no quorum"],
  ["too little", { yes: 199n, voters: 1 }, "no quorum"],
  ["nobody, whatever the power", { yes: 500n, voters: 0 }, "no quorum"],
  ["enough yes", { yes: 200n, voters: 1 }, "approved"],
  ["abstentions alone", { abstain: 500n, voters: 1 }, "rejected"],
  ["66 of 100", { yes: 132n, no: 68n, voters: 2 }, "approved"],
  ["65 of 100", { yes: 131n, no: 69n, voters: 2 }, "rejected"],
  ["a third of veto", { yes: 200n, veto: 100n, voters: 2 }, "vetoed"],
  ["less veto, which still counts as no", { yes: 190n, veto: 94n, abstain: 20n, voters: 2 }, "approved"],
  ["less veto and no", { yes: 180n, no: 20n, veto: 90n, voters: 2 }, "rejected"],
] as const)("%s: %o is %s", (_name, given, verdict) => {
  const scaled = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key, typeof value === "bigint" ? value * ONE : value]),
  );
  expect(verdictOf({ ...EMPTY, ...scaled }, 1000n * ONE, RULES)).toBe(verdict);
});
