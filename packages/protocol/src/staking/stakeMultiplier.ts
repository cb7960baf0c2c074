/**
 * What stake adds to rewards: 1 + STAKING_BASE_BONUS x log2(1 + stake / STAKING_UNIT), so that ten times the stake never
 * earns ten times as much. Results count 10^-18 and are rounded down.
 */
import { mulDivDown, ONE } from "../numbers/decimal.ts";
import { smaller } from "../numbers/larger.ts";
import { log2 } from "../numbers/log2.ts";
import type { Params } from "../params/params.ts";
import type { Amount } from "../types/identifiers.ts";

/** The factor that a reward is multiplied by: at most REMOTE_STAKE_MULTIPLIER_CAP, for everybody. */
export function stakeMultiplier(params: Params, stake: Amount): bigint {
  const cap = params.get("economics.constants.REMOTE_STAKE_MULTIPLIER_CAP");
  return smaller(uncappedStakeMultiplier(params, stake), cap);
}

/** The formula alone, 1 without stake. */
export function uncappedStakeMultiplier(params: Params, stake: Amount): bigint {
  if (stake <= 0n) return ONE;
  const bonus = params.get("economics.constants.STAKING_BASE_BONUS");
  const unit = params.get("economics.constants.STAKING_UNIT");
  const isDiminishing = params.get("economics.constants.STAKING_DIMINISHING");
  return ONE + (isDiminishing ? mulDivDown(bonus, log2(unit + stake, unit), ONE) : mulDivDown(bonus, stake, unit));
}
