/** What a fraud costs: so much that a cheat expects to lose, whatever the chance of an audit. Spec: spec/rewards.md#P5. */
import { mulDivUp, ONE } from "../numbers/decimal.ts";
import { larger } from "../numbers/larger.ts";
import type { Params } from "../params/params.ts";
import type { Amount } from "../types/identifiers.ts";

/** `gain`: what the work would have been paid. */
export function slashAmount(params: Params, gain: Amount): Amount {
  const proportional = gainOver(params, gain, params.get("training.audit.AUDIT_PROBABILITY"));
  return larger(params.get("economics.constants.SLASH_AMOUNT"), proportional);
}

/** What a loss that comes with this probability has to be, for nothing to be gained on average. */
export function gainOver(params: Params, gain: Amount, probability: bigint): Amount {
  return mulDivUp(gain, params.get("training.audit.SLASH_GAIN_FACTOR"), probability);
}

/** What an account must have at stake or held for such a piece of work to count as covered. */
export function neededCollateral(params: Params, gain: Amount): Amount {
  return mulDivUp(slashAmount(params, gain), params.get("economics.emission.REWARD_BOND_SLASHES"), ONE);
}
