/** The stake of an account: lots that are bonded, and lots on their way out. */
import { credit } from "../ledger/balance.ts";
import { moveSupply, sumOf } from "../ledger/supply.ts";
import { smaller } from "../numbers/larger.ts";
import type { Draft } from "../state/draft.ts";
import type { Stakes } from "../state/tables.ts";
import type { AccountId, Amount } from "../types/identifiers.ts";

export type Lot = Stakes["lots"][number];

const NOTHING: Stakes = { lots: [], unbonding: [], deposits: 0n };

export function stakesIn(draft: Draft, account: AccountId): Stakes {
  return draft.get("stakes", account) ?? NOTHING;
}

/** An account without stake leaves no entry behind. */
export function setStakes(draft: Draft, account: AccountId, stakes: Stakes): void {
  if (stakes.lots.length + stakes.unbonding.length === 0) draft.remove("stakes", account);
  else draft.set("stakes", account, stakes);
}

export function bondedOf(stakes: Stakes): Amount {
  return sumOf(stakes.lots);
}

/** The lots with one more, in ascending order; lots of one height are one lot. */
export function withLot(lots: readonly Lot[], lot: Lot): readonly Lot[] {
  const same = lots.find(({ height }) => height === lot.height);
  if (same !== undefined)
    return lots.map((each) => (each === same ? { ...each, amount: each.amount + lot.amount } : each));
  const index = lots.findIndex(({ height }) => height > lot.height);
  return index === -1 ? [...lots, lot] : [...lots.slice(0, index), lot, ...lots.slice(index)];
}

/** Takes `amount` from the lots, first to last; they hold at least that. */
export function withoutAmount(lots: readonly Lot[], amount: Amount): readonly Lot[] {
  let rest = amount;
  return lots.flatMap((lot) => {
    const taken = smaller(lot.amount, rest);
    rest -= taken;
    return taken === lot.amount ? [] : [{ ...lot, amount: lot.amount - taken }];
  });
}

/** Unbonding lots whose time has come become spendable. Done whenever the account acts or is accused. */
export function settleMatured(draft: Draft, account: AccountId, height: number): void {
  const stakes = draft.get("stakes", account);
  const first = stakes?.unbonding[0];
  if (stakes === undefined || first === undefined || first.height > height) return;
  const matured = sumOf(stakes.unbonding.filter((lot) => lot.height <= height));
  setStakes(draft, account, { ...stakes, unbonding: stakes.unbonding.filter((lot) => lot.height > height) });
  credit(draft, account, matured);
  moveSupply(draft, "unbonding", "spendable", matured);
}
