/** Exact arithmetic on the numbers of typed JSON. */
import { DECIMALS } from "../../numbers/decimal.ts";
import type { JsonNumber } from "./typedJson.ts";

export function isZero({ source }: JsonNumber): boolean {
  return /^-?0(\.0+)?([eE]|$)/.test(source);
}

/** Negative, zero or positive, as a - b is. */
export function compareNumbers(a: JsonNumber, b: JsonNumber): number {
  const left = partsOf(a);
  const right = partsOf(b);
  const exponent = Math.min(left.exponent, right.exponent);
  const difference = shifted(left, exponent) - shifted(right, exponent);
  return difference === 0n ? 0 : difference > 0n ? 1 : -1;
}

/** The number times 10^decimals; undefined when that is not whole, or too large for any field of a document. */
export function fixedPoint(number: JsonNumber, decimals: number): bigint | undefined {
  const parts = partsOf(number);
  if (parts.digits === 0n) return 0n;
  if (parts.exponent > DECIMALS * 2) return undefined;
  if (parts.exponent + decimals >= 0) return shifted(parts, -decimals);
  const divisor = powerOfTen(-parts.exponent - decimals);
  return parts.digits % divisor === 0n ? parts.digits / divisor : undefined;
}

interface Parts {
  readonly digits: bigint;
  readonly exponent: number;
}

/** Exponents are bounded: a number of typed JSON is no larger than a double, and its text is short. */
function partsOf({ source }: JsonNumber): Parts {
  const [, sign = "", whole = "0", fraction = "", power = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source) ?? [];
  const magnitude = BigInt(`${whole}${fraction}`);
  // Below any double: zero to every comparison that a program of the ancestor could make.
  if (magnitude === 0n || Number(power) < -1000) return { digits: 0n, exponent: 0 };
  return { digits: sign === "-" ? -magnitude : magnitude, exponent: Number(power) - fraction.length };
}

function shifted({ digits, exponent }: Parts, to: number): bigint {
  return digits * powerOfTen(exponent - to);
}

function powerOfTen(exponent: number): bigint {
  return BigInt(`1${"0".repeat(exponent)}`);
}
