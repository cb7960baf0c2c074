/** How much stake a validator needs: the more validators there are, the more. Nothing while a network is starting. */
import type { Params } from "../params/params.ts";
import type { Amount } from "../types/identifiers.ts";

export interface ValidatorTier {
  /** Most validators that the network can have for the tier to hold; null: any number. */
  readonly maxCount: number | null;
  readonly stake: Amount;
}

export interface ValidatorStakeInfo {
  readonly requiredStake: Amount;
  /** Counted from 1. */
  readonly tier: number;
  /** Null in the last tier. `validatorsAway`: how many more validators it takes. */
  readonly next: { readonly stake: Amount; readonly atValidators: number; readonly validatorsAway: number } | null;
  readonly tiers: readonly ValidatorTier[];
}

function validatorTiers(params: Params): readonly ValidatorTier[] {
  const bounded = ([1, 2, 3, 4, 5] as const).map((tier) => ({
    maxCount: params.get(`economics.constants.VALIDATOR_TIER_${tier}_MAX_COUNT`),
    stake: params.get(`economics.constants.VALIDATOR_TIER_${tier}_STAKE`),
  }));
  return [...bounded, { maxCount: null, stake: params.get("economics.constants.VALIDATOR_TIER_6_STAKE") }];
}

/** The stake that each validator needs in a network of `validators` of them. */
export function requiredValidatorStake(params: Params, validators: number): Amount {
  return validatorStakeInfo(params, validators).requiredStake;
}

export function validatorStakeInfo(params: Params, validators: number): ValidatorStakeInfo {
  const tiers = validatorTiers(params);
  const index = tiers.findIndex(({ maxCount }) => maxCount === null || validators <= maxCount);
  const { maxCount, stake } = tiers[index]!;
  const above = tiers[index + 1];
  const next =
    above === undefined || maxCount === null
      ? null
      : { stake: above.stake, atValidators: maxCount + 1, validatorsAway: maxCount - validators + 1 };
  return { requiredStake: stake, tier: index + 1, next, tiers };
}
