/** The stake multiplier against the figures that the Python ancestor printed, four decimals. */
import { expect, test } from "vitest";
import { decimal, formatDecimal, ONE } from "../numbers/decimal.ts";
import { genesisValues, overridesOf, type ParamOverrides, valueIn } from "../params/genesisValues.ts";
import { createParams, type Params } from "../params/params.ts";
import { PRESETS } from "../params/presets.ts";
import { stakeMultiplier, uncappedStakeMultiplier } from "./stakeMultiplier.ts";

const neuro = (amount: number) => BigInt(amount) * ONE;

function paramsWith(overrides: ParamOverrides): Params {
  const result = genesisValues(PRESETS.main, overridesOf(overrides));
  if (!result.ok) throw new Error(result.problem.code);
  return createParams((key) => valueIn(result.value, key));
}

const params = paramsWith({});

test.each([
  [100, "1.0138"],
  [1000, "1.1"],
  [2000, "1.1585"],
  [10_000, "1.3459"],
  [31_000, "1.5"],
  [100_000, "1.6658"],
  [10_000_000, "2.3288"],
])("a stake of %d NEURO multiplies by %s before the cap", (stake, expected) => {
  const rounded = ((uncappedStakeMultiplier(params, neuro(stake)) + 5n * 10n ** 13n) / 10n ** 14n) * 10n ** 14n;
  expect(formatDecimal(rounded)).toBe(expected);
});

test("no stake multiplies by 1", () => {
  expect(stakeMultiplier(params, 0n)).toBe(ONE);
  expect(uncappedStakeMultiplier(params, -5n)).toBe(ONE);
});

test("the cap is reached at 31,000 NEURO and holds for everybody above", () => {
  expect(stakeMultiplier(params, neuro(31_000))).toBe(decimal("1.5"));
  expect(stakeMultiplier(params, neuro(31_000) - 10n ** 9n)).toBeLessThan(decimal("1.5"));
  expect(stakeMultiplier(params, neuro(10_000_000))).toBe(decimal("1.5"));
});

test("one base unit of stake never lowers the multiplier", () => {
  expect(stakeMultiplier(params, 1n)).toBe(ONE);
  expect(stakeMultiplier(params, neuro(1) + 1n)).toBeGreaterThanOrEqual(stakeMultiplier(params, neuro(1)));
});

test("without diminishing returns the multiplier is a straight line", () => {
  const linear = paramsWith({ "economics.constants.STAKING_DIMINISHING": false });
  expect(stakeMultiplier(linear, neuro(2000))).toBe(decimal("1.2"));
});
