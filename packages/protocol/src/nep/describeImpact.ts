/**
 * The declared effect of a proposal in words. All nine fields count and figures are exact.
 *
 * The `legacy` pair answers as the ancestor did: it looked at three fields to call a change neutral, named five, and
 * rounded to one decimal, ties to even. It rounds the exact decimal; the ancestor rounded a binary float close to it, so
 * the two can differ in the last digit where the exact value is a tie.
 */
import { formatDecimal, ONE } from "../numbers/decimal.ts";
import type { EconomicImpact } from "./document.ts";
import { IMPACT_FIELDS } from "./fields.ts";

const NO_IMPACT = "No economic impact";

export function isNeutral(impact: EconomicImpact): boolean {
  return IMPACT_FIELDS.every(({ name, neutral }) => impact[name] === neutral);
}

export function describeImpact(impact: EconomicImpact): string {
  return joined([
    effect("Training rewards", percentOf(impact.trainingRewardMultiplier), "%"),
    effect("Training efficiency", percentOf(impact.trainingEfficiencyMultiplier), "%"),
    effect("Inference rewards", percentOf(impact.inferenceRewardMultiplier), "%"),
    effect("Inference cost", percentOf(impact.inferenceCostMultiplier), "%"),
    effect("Memory requirement", impact.minMemoryChangeMb * ONE, " MB"),
    effect("Compute requirement", impact.minComputeChangeTflops, " TFLOPS"),
    effect("Stake multiplier", impact.stakingMultiplierChange, ""),
    impact.upgradeCostNeuro === 0n ? undefined : `Upgrade cost: ${formatDecimal(impact.upgradeCostNeuro)} NEURO`,
    effect("Net earnings", impact.netEarningsChangePercent, "%"),
  ]);
}

export function isNeutralLegacy(impact: EconomicImpact): boolean {
  const { trainingRewardMultiplier, inferenceRewardMultiplier, netEarningsChangePercent } = impact;
  return trainingRewardMultiplier === ONE && inferenceRewardMultiplier === ONE && netEarningsChangePercent === 0n;
}

export function describeImpactLegacy(impact: EconomicImpact): string {
  return joined([
    legacyEffect("Training rewards", percentOf(impact.trainingRewardMultiplier)),
    legacyEffect("Training efficiency", percentOf(impact.trainingEfficiencyMultiplier)),
    legacyEffect("Inference rewards", percentOf(impact.inferenceRewardMultiplier)),
    effect("Memory requirement", impact.minMemoryChangeMb * ONE, " MB"),
    legacyEffect("Net earnings", impact.netEarningsChangePercent),
  ]);
}

function joined(effects: readonly (string | undefined)[]): string {
  const some = effects.filter((text) => text !== undefined);
  return some.length === 0 ? NO_IMPACT : some.join("; ");
}

function percentOf(multiplier: bigint): bigint {
  return (multiplier - ONE) * 100n;
}

function effect(label: string, value: bigint, unit: string): string | undefined {
  if (value === 0n) return undefined;
  return `${label}: ${value > 0n ? "+" : ""}${formatDecimal(value)}${unit}`;
}

function legacyEffect(label: string, percent: bigint): string | undefined {
  return percent === 0n ? undefined : `${label}: ${signedTenths(percent)}%`;
}

/** One decimal, always signed, by the sign before rounding: a small loss reads `-0.0`. */
function signedTenths(value: bigint): string {
  const magnitude = value < 0n ? -value : value;
  const tenth = ONE / 10n;
  const below = magnitude / tenth;
  const twiceRest = 2n * (magnitude % tenth);
  const isUp = twiceRest > tenth || (twiceRest === tenth && below % 2n === 1n);
  const tenths = isUp ? below + 1n : below;
  return `${value < 0n ? "-" : "+"}${tenths / 10n}.${tenths % 10n}`;
}
