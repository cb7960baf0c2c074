/** Amounts as people write them, in NEURO: `1.5` is 1.5 * 10^18 base units. */
import { type Amount, parseDecimal } from "@neuroshard/protocol";

export type ParsedAmount =
  | { readonly ok: true; readonly amount: Amount }
  | { readonly ok: false; readonly reason: string };

/** `reason` is a part of a sentence. */
export function parseAmount(text: string): ParsedAmount {
  const amount = parseDecimal(text);
  if (amount === undefined)
    return { ok: false, reason: "is no amount; write it in NEURO like 12 or 0.5, 18 decimals at most" };
  if (text.startsWith("-")) return { ok: false, reason: "is below zero" };
  return amount >> 128n === 0n ? { ok: true, amount } : { ok: false, reason: "is more than there can ever be" };
}
