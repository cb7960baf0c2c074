/** The arithmetic of pay and of penalties, against the ancestor's figures and for all inputs. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decimal, formatDecimal, ONE } from "../../src/numbers/decimal.ts";
import { genesisValues, overridesOf, type ParamOverrides, valueIn } from "../../src/params/genesisValues.ts";
import { createParams, type Params } from "../../src/params/params.ts";
import { PRESETS } from "../../src/params/presets.ts";
import { auditFeeOf, rewardOf } from "../../src/rewards/rewardOf.ts";
import { coverOf, slashAmount } from "../../src/rewards/slashAmount.ts";
import { stakeMultiplier } from "../../src/staking/stakeMultiplier.ts";
import { propertySettings } from "../propertySettings.ts";
import { workedTable } from "../spec/workedTable.ts";

function paramsWith(overrides: ParamOverrides = {}): Params {
  const values = genesisValues(PRESETS.main, overridesOf(overrides));
  if (!values.ok) throw new Error(values.problem.code);
  return createParams((key) => valueIn(values.value, key));
}

const params = paramsWith();
const neuro = (amount: number): bigint => BigInt(amount) * ONE;
const stakes = fc.bigInt({ min: 0n, max: neuro(20_000_000) });
const units = fc.integer({ min: 0, max: 0xffffffff });

describe("a reward", () => {
  // In the table: 60 batches of the ancestor in a minute, 0.0005 each, 1.1 for training, and its stake multipliers.
  test.each(workedTable("rewards.md", "P1", "units"))("of %s units with a stake of %s NEURO is %s", (...row) => {
    const [count = "", stake = "", expected] = row;
    expect(formatDecimal(rewardOf(params, Number(count), decimal(stake)).amount)).toBe(expected);
  });

  test("with the ancestor's multiplier for 1000 NEURO is 1.1 times that without stake", () => {
    expect(rewardOf(params, 60, neuro(1000)).amount).toBe((rewardOf(params, 60, 0n).amount * 11n) / 10n);
  });

  test("is never above the exact product, and below it by less than the two roundings", () => {
    const { rate } = rewardOf(params, 1, 0n);
    const role = params.get("economics.constants.TRAINING_BONUS");
    const most = params.get("economics.constants.MAX_REWARD_PER_PROOF");
    fc.assert(
      fc.property(units, stakes, (count, stake) => {
        const { amount } = rewardOf(params, count, stake);
        const base = BigInt(count) * rate;
        const exact = base * role * stakeMultiplier(params, stake);
        const limited = exact > most * ONE * ONE ? most * ONE * ONE : exact;
        expect(amount * ONE * ONE <= limited).toBe(true);
        expect(limited - amount * ONE * ONE < ONE * ONE + base * ONE).toBe(true);
      }),
      propertySettings(61, 300),
    );
  });

  test("grows with work and with stake, and splitting work never earns more", () => {
    fc.assert(
      fc.property(units, units, stakes, stakes, (a, b, low, more) => {
        const of = (count: number, stake: bigint): bigint => rewardOf(params, count, stake).amount;
        const [fewer, rest] = [Math.min(a, b), Math.max(a, b) - Math.min(a, b)];
        expect(of(fewer + rest, low) >= of(fewer, low)).toBe(true);
        expect(of(fewer, low + more) >= of(fewer, low)).toBe(true);
        const isCapped = of(fewer + rest, low) === params.get("economics.constants.MAX_REWARD_PER_PROOF");
        if (!isCapped) expect(of(fewer, low) + of(rest, low) <= of(fewer + rest, low)).toBe(true);
      }),
      propertySettings(62, 300),
    );
  });

  test("is nothing where nothing is minted, and so is the fee of an audit", () => {
    const off = paramsWith({ "economics.emission.EMISSION_ENABLED": false });
    expect(rewardOf(off, 500, neuro(1000)).amount).toBe(0n);
    expect(auditFeeOf(off, 10, off)).toBe(0n);
  });

  test("for an audit is the ancestor's fee for a whole segment, and in proportion for less", () => {
    expect([10, 5, 1].map((steps) => formatDecimal(auditFeeOf(params, steps, params)))).toEqual([
      "0.001",
      "0.0005",
      "0.0001",
    ]);
  });
});

describe("a slash", () => {
  test.each(workedTable("rewards.md", "P5", "gain"))("for work worth %s is %s", (gain = "", expected) => {
    expect(formatDecimal(slashAmount(params, decimal(gain)))).toBe(expected);
  });

  test("makes fraud a loss on average, whatever the gain and the audit rate", () => {
    const probabilities = fc.bigInt({ min: decimal("0.001"), max: decimal("0.5") });
    const gains = fc.bigInt({ min: 1n, max: decimal("100") });
    fc.assert(
      fc.property(probabilities, gains, (p, gain) => {
        const at = paramsWith({ "training.audit.AUDIT_PROBABILITY": p });
        expect(p * slashAmount(at, gain) > (ONE - p) * gain).toBe(true);
        // And what is held makes withholding one: no better than doing the work for nothing.
        expect(p * coverOf(at, gain).held >= (ONE - p) * gain).toBe(true);
      }),
      propertySettings(63, 60),
    );
  });
});
