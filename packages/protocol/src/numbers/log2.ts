/**
 * Binary logarithm in integers: exactly floor(log2(x) * 10^18) for every ratio x >= 1, on every machine.
 *
 * Squaring x doubles its logarithm, so each squaring yields one more binary digit. Working precision is three times the
 * digits wanted, far more than the squarings lose; `log2` accepts the digits only when they settle the last decimal.
 */
import { ONE } from "./decimal.ts";

const FIRST_DIGITS = 96;

/** log2(numerator / denominator) * 10^18, rounded down. numerator >= denominator > 0. */
export function log2(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n || numerator < denominator) throw new Error("internal: log2 needs a ratio of at least 1");
  for (let digits = FIRST_DIGITS; ; digits *= 2) {
    const shift = BigInt(digits);
    const least = binaryDigits(numerator, denominator, digits);
    // The true value lies in [least, least + 2): one for the digits cut off, one for what the squarings lost.
    const lower = (least * ONE) >> shift;
    if (((least + 2n) * ONE - 1n) >> shift === lower) return lower;
  }
}

/** log2 * 2^digits, at most the true value, and exact for powers of two. */
function binaryDigits(numerator: bigint, denominator: bigint, digits: number): bigint {
  const precision = BigInt(3 * digits);
  const two = 2n << precision;
  let exponent = 0n;
  while (denominator << (exponent + 1n) <= numerator) exponent++;
  let mantissa = (numerator << precision) / (denominator << exponent);
  let result = exponent;
  for (let digit = 0; digit < digits; digit++) {
    mantissa = (mantissa * mantissa) >> precision;
    result <<= 1n;
    if (mantissa >= two) {
      result |= 1n;
      mantissa >>= 1n;
    }
  }
  return result;
}
