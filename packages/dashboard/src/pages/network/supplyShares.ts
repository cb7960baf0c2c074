/** Where the tokens are: the parts of the supply, and how much of the whole each is. */
import type { SupplyView } from "@neuroshard/sdk";

export interface SupplyShare {
  readonly title: string;
  /** Base units. */
  readonly amount: bigint;
  /** From 0 to 1, for drawing. */
  readonly share: number;
}

const PARTS = [
  ["spendable", "Spendable"],
  ["bonded", "Staked"],
  ["unbonding", "Being unstaked"],
  ["held", "Held pay"],
  ["escrowed", "Deposits of proposals"],
  ["treasury", "Treasury"],
] as const satisfies readonly (readonly [keyof SupplyView, string])[];

/** Parts without a token are left out. */
export function supplyShares(supply: SupplyView): readonly SupplyShare[] {
  const parts = PARTS.map(([key, title]) => ({ title, amount: BigInt(supply[key]) }));
  const total = parts.reduce((sum, { amount }) => sum + amount, 0n);
  return parts
    .filter(({ amount }) => amount > 0n)
    .map((part) => ({ ...part, share: Number((part.amount * 1_000_000n) / total) / 1_000_000 }));
}
