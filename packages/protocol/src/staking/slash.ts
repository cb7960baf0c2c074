/**
 * Slashing: held pay, then stake, bonded or on its way out, is taken from who broke a rule that anybody can check. Never more than the
 * stake. A part goes to who reported it, the rest is burned. Spec: spec/staking.md#S6.
 */
import { credit } from "../ledger/balance.ts";
import { moveSupply, sumOf } from "../ledger/supply.ts";
import { mulDivDown, ONE } from "../numbers/decimal.ts";
import { smaller } from "../numbers/larger.ts";
import { takeBond } from "../rewards/bond.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import type { AccountId, Amount } from "../types/identifiers.ts";
import { changeOwnPower } from "./power.ts";
import { bondedOf, setStakes, settleMatured, stakesIn, withoutAmount } from "./stakes.ts";
import { leaveWhenShort } from "./validators.ts";

type Moment = Pick<BlockContext, "height" | "params">;

export interface Penalty {
  readonly account: AccountId;
  readonly amount: Amount;
  readonly reporter: AccountId;
  /** Part of what is taken that the reporter gets, times 10^18. */
  readonly reporterShare: bigint;
}

export function slash(
  draft: Draft,
  { account, amount, reporter, reporterShare }: Penalty,
  context: Moment,
): DraftEvent[] {
  settleMatured(draft, account, context.height);
  const stakes = stakesIn(draft, account);
  const bonded = bondedOf(stakes);
  const fromBond = takeBond(draft, account, amount);
  const fromBonded = smaller(amount - fromBond, bonded);
  const fromUnbonding = smaller(amount - fromBond - fromBonded, sumOf(stakes.unbonding));
  const taken = fromBond + fromBonded + fromUnbonding;
  const rewarded = mulDivDown(taken, reporterShare, ONE);
  setStakes(draft, account, {
    lots: withoutAmount(stakes.lots, fromBonded),
    unbonding: withoutAmount(stakes.unbonding, fromUnbonding),
    deposits: smaller(stakes.deposits, bonded - fromBonded),
  });
  moveSupply(draft, "bonded", "spendable", fromBonded);
  moveSupply(draft, "unbonding", "spendable", fromUnbonding);
  moveSupply(draft, "spendable", "burned", taken - rewarded);
  if (rewarded > 0n) credit(draft, reporter, rewarded);
  if (fromBonded > 0n) changeOwnPower(draft, account, -fromBonded, context.height);
  const event: DraftEvent = { kind: "slashed", account, amount: taken, burned: taken - rewarded, reporter, rewarded };
  return [event, ...leaveWhenShort(draft, account, context)];
}
