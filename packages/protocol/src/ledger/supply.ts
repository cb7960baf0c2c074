/**
 * Where all tokens are: spendable, bonded, unbonding, in escrow, in the treasury, held as a reward bond, or burned. Every movement names both
 * ends, so the sum over all places changes only when something is minted. Spec: spec/ledger.md#L1.
 */
import type { Draft } from "../state/draft.ts";
import type { State } from "../state/state.ts";
import type { Supply } from "../state/tables.ts";
import type { Amount } from "../types/identifiers.ts";

export type Place = Exclude<keyof Supply, "genesis" | "minted">;

const PLACES: readonly Place[] = ["burned", "spendable", "bonded", "unbonding", "escrowed", "treasury", "held"];

/** Books `amount` from one place to another. */
export function moveSupply(draft: Draft, from: Place, to: Place, amount: Amount): void {
  if (amount === 0n || from === to) return;
  const supply = draft.cell("supply");
  if (supply[from] < amount) throw new Error(`internal: ${from} holds ${supply[from]}, ${amount} were to leave it`);
  draft.setCell("supply", { ...supply, [from]: supply[from] - amount, [to]: supply[to] + amount });
}

/** Tokens that exist and are not burned. */
export function circulating({ genesis, minted, burned }: Supply): Amount {
  return genesis + minted - burned;
}

/** New tokens, for work that was verified. */
export function mint(draft: Draft, to: Place, amount: Amount): void {
  if (amount === 0n) return;
  const supply = draft.cell("supply");
  draft.setCell("supply", { ...supply, minted: supply.minted + amount, [to]: supply[to] + amount });
}

/** Counts every account anew, O(n). Returns what is wrong, undefined when nothing is: then each place holds what it says. */
export function auditSupply({ tables, cells }: State): string | undefined {
  const { supply } = cells;
  const counted: Record<Place, Amount> = {
    ...supply,
    spendable: 0n,
    bonded: 0n,
    unbonding: 0n,
    escrowed: 0n,
    held: 0n,
  };
  for (const [, { balance }] of tables.accounts.entries()) counted.spendable += balance;
  for (const [, { lots, unbonding }] of tables.stakes.entries()) {
    counted.bonded += sumOf(lots);
    counted.unbonding += sumOf(unbonding);
  }
  for (const [, { amount }] of tables.escrows.entries()) counted.escrowed += amount;
  for (const [, { amount }] of tables.bonds.entries()) counted.held += amount;
  const wrong = PLACES.find((place) => counted[place] !== supply[place]);
  if (wrong !== undefined) return `${wrong}: ${counted[wrong]} counted, ${supply[wrong]} booked`;
  const total = PLACES.reduce((sum, place) => sum + supply[place], 0n);
  const issued = supply.genesis + supply.minted;
  return total === issued ? undefined : `${total} accounted for, ${issued} issued`;
}

export function sumOf(lots: readonly { readonly amount: Amount }[]): Amount {
  return lots.reduce((sum, { amount }) => sum + amount, 0n);
}
