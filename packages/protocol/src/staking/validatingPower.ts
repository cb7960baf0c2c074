/**
 * What a validator's word weighs: its stake, stake of others who delegate to it, and for validators of the genesis a power
 * that fades, so that a network can begin before anybody has stake. Spec: spec/staking.md#S8.
 */
import { mulDivDown } from "../numbers/decimal.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { AccountId, Amount } from "../types/identifiers.ts";
import { powerNow } from "./power.ts";

type Moment = Pick<BlockContext, "height" | "params">;

export interface ValidatorPower {
  readonly account: AccountId;
  readonly power: Amount;
}

export function validatingPower(draft: Draft, account: AccountId, { height, params }: Moment): Amount {
  const { own, delegate, received } = powerNow(draft, account);
  const granted = draft.get("bootstrap", account)?.power ?? 0n;
  const fade = params.get("economics.staking.BOOTSTRAP_FADE");
  const left = mulDivDown(granted, BigInt(Math.max(0, fade - height)), BigInt(fade));
  return (delegate === null ? own : 0n) + received + left;
}

/** All validators with power, the strongest first, of equal ones in the order of their accounts; at most `most`. */
export function validatorsByPower(draft: Draft, moment: Moment, most: number): readonly ValidatorPower[] {
  return draft
    .cell("validatorSet")
    .accounts.map((account) => ({ account, power: validatingPower(draft, account, moment) }))
    .filter(({ power }) => power > 0n)
    .sort((a, b) => (a.power === b.power ? (a.account < b.account ? -1 : 1) : a.power > b.power ? -1 : 1))
    .slice(0, most);
}

export function totalOf(validators: readonly ValidatorPower[]): Amount {
  return validators.reduce((sum, { power }) => sum + power, 0n);
}

/** Two thirds of the power, as far as rounds are concerned. */
export function isQuorum(power: Amount, total: Amount): boolean {
  return 3n * power >= 2n * total;
}
