/** What verified inner steps are worth. Exact, rounded down. Spec: spec/rewards.md#P1. */
import { mulDivDown, ONE } from "../numbers/decimal.ts";
import { smaller } from "../numbers/larger.ts";
import type { Params } from "../params/params.ts";
import { stakeMultiplier } from "../staking/stakeMultiplier.ts";
import type { Amount } from "../types/identifiers.ts";

export interface Reward {
  /** Per unit. */
  readonly rate: Amount;
  /** Role and stake together, times 10^18. */
  readonly multiplier: bigint;
  readonly amount: Amount;
}

/** `units`: inner steps. `stake`: bonded tokens of the account. Before the cap of the round. */
export function rewardOf(params: Params, units: number, stake: Amount): Reward {
  if (!params.get("economics.emission.EMISSION_ENABLED")) return { rate: 0n, multiplier: ONE, amount: 0n };
  const rate = params.get("economics.constants.TRAINING_REWARD_PER_BATCH");
  const role = params.get("economics.constants.TRAINING_BONUS");
  const multiplier = mulDivDown(role, stakeMultiplier(params, stake), ONE);
  const amount = mulDivDown(BigInt(units) * rate, multiplier, ONE);
  return { rate, multiplier, amount: smaller(amount, params.get("economics.constants.MAX_REWARD_PER_PROOF")) };
}

/** What replaying `steps` is paid: the fee of the ancestor is for one segment. `rules`: those of the round. */
export function auditFeeOf(params: Params, steps: number, rules: Params): Amount {
  if (!params.get("economics.emission.EMISSION_ENABLED")) return 0n;
  const fee = params.get("economics.constants.VALIDATION_FEE_PER_PROOF");
  return (fee * BigInt(steps)) / BigInt(rules.get("training.diloco.SEGMENT_STEPS"));
}
