/**
 * The reward bond: pay is held until stake and held pay together cover a slash, so nobody needs capital to start and nobody
 * works uncovered for long. Spec: spec/rewards.md#P4.
 */
import { credit } from "../ledger/balance.ts";
import { mint, moveSupply } from "../ledger/supply.ts";
import { larger, smaller } from "../numbers/larger.ts";
import { clockOf } from "../params/params.ts";
import { bondedOf, setStakes, stakesIn, withLot } from "../staking/stakes.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import type { AccountId, Amount } from "../types/identifiers.ts";
import type { Cover } from "./slashAmount.ts";

function bondOf(draft: Draft, account: AccountId): Amount {
  return draft.get("bonds", account)?.amount ?? 0n;
}

function setBond(draft: Draft, account: AccountId, amount: Amount): void {
  if (amount === 0n) draft.remove("bonds", account);
  else draft.set("bonds", account, { amount });
}

/** Pay that has to be held before the account is covered; 0 or less: that much could be given back. */
function missing(draft: Draft, account: AccountId, { collateral, held }: Cover): Amount {
  const bond = bondOf(draft, account);
  return larger(held, collateral - bondedOf(stakesIn(draft, account))) - bond;
}

export function isCovered(draft: Draft, account: AccountId, needed: Cover): boolean {
  return missing(draft, account, needed) <= 0n;
}

interface Wages {
  readonly account: AccountId;
  readonly amount: Amount;
  /** Until the account has it, pay is held. */
  readonly needed: Cover;
}

interface Paid {
  readonly amount: Amount;
  readonly held: Amount;
}

/** Mints pay, as far as the account may get that much in a day. */
export function pay(draft: Draft, { account, amount: due, needed }: Wages, context: BlockContext): Paid {
  const amount = withinDay(draft, account, due, context);
  const held = smaller(amount, larger(0n, missing(draft, account, needed)));
  setBond(draft, account, bondOf(draft, account) + held);
  mint(draft, "held", held);
  mint(draft, "spendable", amount - held);
  if (amount > held) credit(draft, account, amount - held);
  return { amount, held };
}

/** Days are counted in blocks; what a day did not bring is lost. */
function withinDay(draft: Draft, account: AccountId, amount: Amount, { height, params }: BlockContext): Amount {
  if (amount === 0n) return 0n;
  const day = Math.floor(height / clockOf(params).dayBlocks);
  const before = draft.get("mints", account);
  const minted = before?.day === day ? before.amount : 0n;
  const left = larger(0n, params.get("economics.constants.MAX_DAILY_MINT_PER_NODE") - minted);
  const granted = smaller(amount, left);
  draft.set("mints", account, { day, amount: minted + granted });
  return granted;
}

/** Gives back what is held above what is needed, as when stake has taken its place. */
export function releaseExcess(draft: Draft, account: AccountId, needed: Cover): readonly DraftEvent[] {
  const amount = smaller(bondOf(draft, account), larger(0n, -missing(draft, account, needed)));
  if (amount === 0n) return [];
  setBond(draft, account, bondOf(draft, account) - amount);
  moveSupply(draft, "held", "spendable", amount);
  credit(draft, account, amount);
  return [{ kind: "bondReleased", account, amount }];
}

/** An account without devices: its bond leaves like stake does, and can be slashed until it has left. */
export function releaseBond(draft: Draft, account: AccountId, { height, params }: BlockContext): readonly DraftEvent[] {
  const amount = bondOf(draft, account);
  if (amount === 0n) return [];
  setBond(draft, account, 0n);
  const stakes = stakesIn(draft, account);
  const releaseAt = height + params.get("economics.staking.UNBONDING");
  const most = params.get("economics.staking.MAX_STAKE_LOTS");
  const last = stakes.unbonding.at(-1);
  // An account with all the lots that it may have waits a little longer for the last one.
  const isFull = last !== undefined && stakes.unbonding.length >= most;
  const lots = isFull ? stakes.unbonding.slice(0, -1) : stakes.unbonding;
  const lot = isFull
    ? { amount: last.amount + amount, height: Math.max(last.height, releaseAt) }
    : { amount, height: releaseAt };
  setStakes(draft, account, { ...stakes, unbonding: withLot(lots, lot) });
  moveSupply(draft, "held", "unbonding", amount);
  return [{ kind: "unstaked", account, amount, releaseAt }];
}

/** Takes from what is held, as far as it goes, to spendable tokens of nobody: the caller says whose they are. */
export function takeBond(draft: Draft, account: AccountId, amount: Amount): Amount {
  const taken = smaller(amount, bondOf(draft, account));
  setBond(draft, account, bondOf(draft, account) - taken);
  moveSupply(draft, "held", "spendable", taken);
  return taken;
}
