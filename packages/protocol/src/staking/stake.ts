/** Stake: spendable tokens become bonded for a chosen number of days. They give voting power at once. spec/staking.md#S1 */
import { cannotPay, debit } from "../ledger/balance.ts";
import { moveSupply } from "../ledger/supply.ts";
import { clockOf } from "../params/params.ts";
import type { Apply } from "../transition/context.ts";
import { accept, reject } from "../transition/outcome.ts";
import { changeOwnPower } from "./power.ts";
import { bondedOf, setStakes, stakesIn, withLot } from "./stakes.ts";

export const stake: Apply<"stake"> = (draft, { sender, body: { amount, lockDays } }, { params, height }) => {
  const least = params.get("economics.constants.MIN_STAKE_AMOUNT");
  if (amount < least || amount === 0n) return reject({ code: "AMOUNT_TOO_SMALL", least, amount });
  const stakes = stakesIn(draft, sender);
  const most = params.get("economics.constants.MAX_STAKE_AMOUNT");
  const bonded = bondedOf(stakes) + amount;
  if (bonded > most) return reject({ code: "AMOUNT_TOO_LARGE", most, amount: bonded });
  const leastDays = params.get("economics.constants.MIN_STAKE_DURATION_DAYS");
  const mostDays = params.get("economics.constants.MAX_STAKE_DURATION_DAYS");
  if (lockDays < leastDays || lockDays > mostDays) {
    return reject({ code: "LOCK_OUT_OF_RANGE", leastDays, mostDays, days: lockDays });
  }
  const problem = cannotPay(draft, sender, amount);
  if (problem !== undefined) return problem;
  const lockedUntil = height + lockDays * clockOf(params).dayBlocks;
  const lots = withLot(stakes.lots, { amount, height: lockedUntil });
  const mostLots = params.get("economics.staking.MAX_STAKE_LOTS");
  if (lots.length > mostLots) return reject({ code: "TOO_MANY_LOTS", most: mostLots });
  debit(draft, sender, amount);
  moveSupply(draft, "spendable", "bonded", amount);
  setStakes(draft, sender, { ...stakes, lots });
  changeOwnPower(draft, sender, amount, height);
  return accept({ kind: "staked", account: sender, amount, lockedUntil });
};
