/** Base units as NEURO, exactly: `1500000000000000000` is `1.5`. */
import { type Amount, formatDecimal } from "@neuroshard/protocol";

/** @param amount Texts as the API writes them are fine. */
export function formatAmount(amount: Amount | string): string {
  return formatDecimal(BigInt(amount));
}
