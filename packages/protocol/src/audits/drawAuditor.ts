/** Who audits: a validator of the round, by power, never the account whose work it is, and nobody twice. Spec: spec/audits.md#A2. */
import { drawBelow } from "../numbers/drawLot.ts";
import type { RoundRecord } from "../rounds/roundRecord.ts";
import { totalOf } from "../staking/validatingPower.ts";
import type { AccountId, Digest } from "../types/identifiers.ts";

interface Draw {
  readonly beacon: Digest;
  readonly label: string;
  readonly excluded: readonly AccountId[];
}

/** Undefined where nobody is left. */
export function drawAuditor({ validators }: RoundRecord, { beacon, label, excluded }: Draw): AccountId | undefined {
  const candidates = validators.filter(({ account }) => !excluded.includes(account));
  const total = totalOf(candidates);
  if (total === 0n) return undefined;
  let left = drawBelow(beacon, label, total);
  for (const { account, power } of candidates) {
    if (left < power) return account;
    left -= power;
  }
  throw new Error("internal: a lot above the total power");
}
