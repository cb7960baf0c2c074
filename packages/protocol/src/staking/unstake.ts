/**
 * Unstake: bonded tokens whose lock has ended leave, all or a part; they become spendable after UNBONDING and can be
 * slashed until then. The time is fixed here: a later change of the parameter does not move it. spec/staking.md#S2
 */
import { moveSupply, sumOf } from "../ledger/supply.ts";
import type { Apply } from "../transition/context.ts";
import { accept, reject } from "../transition/outcome.ts";
import { changeOwnPower } from "./power.ts";
import { bondedOf, setStakes, stakesIn, withLot, withoutAmount } from "./stakes.ts";
import { leaveWhenShort } from "./validators.ts";

export const unstake: Apply<"unstake"> = (draft, { sender, body: { amount } }, context) => {
  const { params, height } = context;
  if (amount === 0n) return reject({ code: "AMOUNT_TOO_SMALL", least: 1n, amount });
  const stakes = stakesIn(draft, sender);
  const available = bondedOf(stakes);
  const needed = amount + stakes.deposits;
  if (available < needed) return reject({ code: "STAKE_TOO_LOW", available, needed });
  const unlocked = sumOf(stakes.lots.filter((lot) => lot.height <= height));
  if (unlocked < amount) return reject({ code: "STAKE_LOCKED", unlocked, needed: amount });
  const releaseAt = height + params.get("economics.staking.UNBONDING");
  const unbonding = withLot(stakes.unbonding, { amount, height: releaseAt });
  const most = params.get("economics.staking.MAX_STAKE_LOTS");
  if (unbonding.length > most) return reject({ code: "TOO_MANY_LOTS", most });
  setStakes(draft, sender, { ...stakes, lots: withoutAmount(stakes.lots, amount), unbonding });
  moveSupply(draft, "bonded", "unbonding", amount);
  changeOwnPower(draft, sender, -amount, height);
  const left = leaveWhenShort(draft, sender, context);
  return accept({ kind: "unstaked", account: sender, amount, releaseAt }, ...left);
};
