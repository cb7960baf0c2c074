/** The tiers of the ancestor: 0 / 100 / 250 / 500 / 1000 / 2500 NEURO. */
import { expect, test } from "vitest";
import { ONE } from "../numbers/decimal.ts";
import { genesisValues, valueIn } from "../params/genesisValues.ts";
import { createParams } from "../params/params.ts";
import { PRESETS } from "../params/presets.ts";
import { requiredValidatorStake, validatorStakeInfo } from "./validatorTiers.ts";

const values = genesisValues(PRESETS.main);
if (!values.ok) throw new Error(values.problem.code);
const params = createParams((key) => valueIn(values.value, key));

test.each([
  [0, 0],
  [2, 0],
  [3, 100],
  [10, 100],
  [11, 250],
  [50, 250],
  [51, 500],
  [200, 500],
  [201, 1000],
  [1000, 1000],
  [1001, 2500],
  [1_000_000, 2500],
])("with %d validators each needs %d NEURO", (validators, stake) => {
  expect(requiredValidatorStake(params, validators)).toBe(BigInt(stake) * ONE);
});

test("the information for people names the tier, the next one and the way to it", () => {
  const info = validatorStakeInfo(params, 8);
  expect(info).toMatchObject({
    requiredStake: 100n * ONE,
    tier: 2,
    next: { stake: 250n * ONE, atValidators: 11, validatorsAway: 3 },
  });
  expect(info.tiers.map(({ maxCount }) => maxCount)).toEqual([2, 10, 50, 200, 1000, null]);
});

test("nothing comes after the last tier", () => {
  expect(validatorStakeInfo(params, 5000)).toMatchObject({ tier: 6, next: null });
});
