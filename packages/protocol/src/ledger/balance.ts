/** Spendable balances. Whoever takes from one has checked that it is there. */
import type { Draft } from "../state/draft.ts";
import type { Account } from "../state/tables.ts";
import { type Rejected, reject } from "../transition/outcome.ts";
import type { AccountId, Amount } from "../types/identifiers.ts";

const NOTHING: Account = { balance: 0n, nonce: 0 };

export function accountIn(draft: Draft, account: AccountId): Account {
  return draft.get("accounts", account) ?? NOTHING;
}

/** The rejection of a payment that the account cannot make, undefined when it can. */
export function cannotPay(draft: Draft, account: AccountId, needed: Amount): Rejected | undefined {
  const available = accountIn(draft, account).balance;
  return available < needed ? reject({ code: "BALANCE_TOO_LOW", available, needed }) : undefined;
}

export function credit(draft: Draft, account: AccountId, amount: Amount): void {
  const { balance, nonce } = accountIn(draft, account);
  draft.set("accounts", account, { balance: balance + amount, nonce });
}

export function debit(draft: Draft, account: AccountId, amount: Amount): void {
  const { balance, nonce } = accountIn(draft, account);
  if (balance < amount) throw new Error(`internal: ${account} holds ${balance}, ${amount} were taken`);
  draft.set("accounts", account, { balance: balance - amount, nonce });
}
