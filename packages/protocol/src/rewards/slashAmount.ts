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

/** What work has to be covered by, so that losing it outweighs what a cheat can gain before it is found. */
export interface Cover {
  /** Stake and held pay together: a slash. */
  readonly collateral: Amount;
  /** Held pay alone: what work that cannot be replayed costs, since that takes no stake. */
  readonly held: Amount;
}

export function coverOf(params: Params, gain: Amount): Cover {
  const slashes = params.get("economics.emission.REWARD_BOND_SLASHES");
  const lost = gainOver(params, gain, params.get("training.audit.AUDIT_PROBABILITY"));
  return { collateral: mulDivUp(slashAmount(params, gain), slashes, ONE), held: mulDivUp(lost, slashes, ONE) };
}
