import { expect, test } from "vitest";
import { decimal, ONE } from "../numbers/decimal.ts";
import { describeImpact, describeImpactLegacy, isNeutral, isNeutralLegacy } from "./describeImpact.ts";
import type { EconomicImpact } from "./document.ts";
import { IMPACT_FIELDS, NEUTRAL_IMPACT } from "./fields.ts";

function impact(given: Partial<EconomicImpact>): EconomicImpact {
  return { ...NEUTRAL_IMPACT, ...given };
}

test("an impact that says nothing is neutral in both readings", () => {
  expect(describeImpact(NEUTRAL_IMPACT)).toBe("No economic impact");
  expect(describeImpactLegacy(NEUTRAL_IMPACT)).toBe("No economic impact");
  expect([isNeutral(NEUTRAL_IMPACT), isNeutralLegacy(NEUTRAL_IMPACT)]).toEqual([true, true]);
});

test.each(IMPACT_FIELDS)("$key alone makes an impact that is not neutral and is described", ({ name, neutral }) => {
  const changed = impact({ [name]: neutral + 1n });
  expect(isNeutral(changed)).toBe(false);
  expect(describeImpact(changed)).not.toBe("No economic impact");
});

test("all nine fields are described, exactly", () => {
  const changed = impact({
    trainingRewardMultiplier: decimal("0.6"),
    trainingEfficiencyMultiplier: 2n * ONE,
    inferenceRewardMultiplier: decimal("1.0005"),
    inferenceCostMultiplier: 5n * ONE,
    minMemoryChangeMb: -2000n,
    minComputeChangeTflops: 9n * ONE,
    stakingMultiplierChange: decimal("-0.05"),
    upgradeCostNeuro: 100n * ONE,
    netEarningsChangePercent: 20n * ONE,
  });
  expect(describeImpact(changed)).toBe(
    "Training rewards: -40%; Training efficiency: +100%; Inference rewards: +0.05%; Inference cost: +400%; " +
      "Memory requirement: -2000 MB; Compute requirement: +9 TFLOPS; Stake multiplier: -0.05; " +
      "Upgrade cost: 100 NEURO; Net earnings: +20%",
  );
});

test("the legacy description is the ancestor's, word for word", () => {
  const lowered = impact({
    trainingRewardMultiplier: decimal("0.6"),
    trainingEfficiencyMultiplier: 2n * ONE,
    netEarningsChangePercent: 20n * ONE,
  });
  const lighter = impact({ minMemoryChangeMb: -2000n, netEarningsChangePercent: 5n * ONE });
  const predicting = impact({ trainingEfficiencyMultiplier: 2n * ONE, minMemoryChangeMb: 200n });
  expect(describeImpactLegacy(lowered)).toBe(
    "Training rewards: -40.0%; Training efficiency: +100.0%; Net earnings: +20.0%",
  );
  expect(describeImpactLegacy(lighter)).toBe("Memory requirement: -2000 MB; Net earnings: +5.0%");
  expect(describeImpactLegacy(predicting)).toBe("Training efficiency: +100.0%; Memory requirement: +200 MB");
  expect(isNeutralLegacy(predicting)).toBe(true);
});

test("weakness 44: five times the inference cost, 9 TFLOPS and 100 NEURO are neutral to the ancestor and not here", () => {
  const changed = impact({
    inferenceCostMultiplier: 5n * ONE,
    minComputeChangeTflops: 9n * ONE,
    upgradeCostNeuro: 100n * ONE,
  });
  expect([isNeutralLegacy(changed), describeImpactLegacy(changed)]).toEqual([true, "No economic impact"]);
  expect([isNeutral(changed), describeImpact(changed)]).toEqual([
    false,
    "Inference cost: +400%; Compute requirement: +9 TFLOPS; Upgrade cost: 100 NEURO",
  ]);
});
