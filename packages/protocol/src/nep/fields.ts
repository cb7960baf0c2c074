/**
 * The members of the economic impact and of the upgrade path as data: their names in JSON and Markdown (the ancestor's)
 * and what they are when an author says nothing.
 */
import { DECIMALS, decimal, ONE } from "../numbers/decimal.ts";
import type { EconomicImpact, UpgradePath } from "./document.ts";

export interface ImpactField {
  readonly name: keyof EconomicImpact;
  readonly key: string;
  /** Digits after the point that one unit of the stored number is worth: 0 for whole numbers. */
  readonly decimals: 0 | typeof DECIMALS;
  /** The value that changes nothing. */
  readonly neutral: bigint;
}

function factor(name: keyof EconomicImpact, key: string): ImpactField {
  return { name, key, decimals: DECIMALS, neutral: ONE };
}

function change(name: keyof EconomicImpact, key: string): ImpactField {
  return { name, key, decimals: DECIMALS, neutral: 0n };
}

export const IMPACT_FIELDS: readonly ImpactField[] = [
  factor("trainingRewardMultiplier", "training_reward_multiplier"),
  factor("trainingEfficiencyMultiplier", "training_efficiency_multiplier"),
  factor("inferenceRewardMultiplier", "inference_reward_multiplier"),
  factor("inferenceCostMultiplier", "inference_cost_multiplier"),
  { name: "minMemoryChangeMb", key: "min_memory_change_mb", decimals: 0, neutral: 0n },
  change("minComputeChangeTflops", "min_compute_change_tflops"),
  change("stakingMultiplierChange", "staking_multiplier_change"),
  change("upgradeCostNeuro", "upgrade_cost_neuro"),
  change("netEarningsChangePercent", "net_earnings_change_percent"),
];

export const NEUTRAL_IMPACT = Object.fromEntries(
  IMPACT_FIELDS.map(({ name, neutral }) => [name, neutral]),
) as unknown as EconomicImpact;

export const UPGRADE_KEYS = {
  minVersion: "min_version",
  targetVersion: "target_version",
  gracePeriodDays: "grace_period_days",
  activationDelayBlocks: "activation_delay_blocks",
  backwardCompatible: "backward_compatible",
  requiresCheckpointReload: "requires_checkpoint_reload",
  migrationSteps: "migration_steps",
} as const satisfies Readonly<Record<keyof UpgradePath, string>>;

export const DEFAULT_UPGRADE_PATH: UpgradePath = {
  minVersion: "0.0.0",
  targetVersion: "0.0.0",
  gracePeriodDays: 7,
  activationDelayBlocks: 10_000,
  backwardCompatible: false,
  requiresCheckpointReload: false,
  migrationSteps: [],
};

/** Share of the votes cast that must say yes, and share of the staked power that must vote. */
export const DEFAULT_APPROVAL_THRESHOLD = decimal("0.66");
export const DEFAULT_QUORUM_THRESHOLD = decimal("0.20");
