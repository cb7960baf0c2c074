/**
 * Whether a part is at least a fraction of the whole, exactly. Decimals cannot say a third, so a threshold that is k/3
 * rounded to 18 places means k/3 itself: 200 of 300 are two thirds, one base unit less is not.
 */
import { ONE } from "../numbers/decimal.ts";
import type { Amount } from "../types/identifiers.ts";

/** @param threshold fraction times 10^18, at least 0. */
export function reaches(part: Amount, whole: Amount, threshold: bigint): boolean {
  const thirds = (3n * threshold + ONE / 2n) / ONE;
  const rounding = 3n * threshold - thirds * ONE;
  const isThird = thirds % 3n !== 0n && rounding >= -2n && rounding <= 2n;
  return isThird ? 3n * part >= thirds * whole : part * ONE >= threshold * whole;
}
