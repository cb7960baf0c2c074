/**
 * exp and log in float32, as polynomials with every operation rounded. Spec: spec/arithmetic.md#R4.
 * exponential.test.ts states how far they are from the true functions.
 */

const { fround } = Math;
const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** ln 2 in two parts: the first has 9 significant bits, so that a small integer times it is exact. */
const LN2_HIGH = fround(0.693359375);
const LN2_LOW = fround(-2.12194442e-4);
const LOG2_E = fround(1.44269502);

const EXP_LOWEST = fround(-87.3);
const EXP_HIGHEST = fround(88.3);
/** 1.5 * 2^23: adding it to a number below 2^22 in magnitude leaves the nearest integer. */
const ROUNDING_SHIFT = 12582912;
/** 1/7!, 1/6!, ... 1/2!, 1, 1. */
const EXP_TERMS = [1.98412701e-4, 1.38888892e-3, 8.33333377e-3, 4.16666679e-2, 1.66666672e-1, 0.5, 1, 1].map(fround);
/** 1/9, 1/7, 1/5, 1/3. */
const ARTANH_TERMS = [0.111111112, 0.142857149, 0.200000003, 0.333333343].map(fround);

/** Horner's rule, highest power first. */
function polynomial(terms: readonly number[], x: number): number {
  let value = terms[0]!;
  for (let i = 1; i < terms.length; i++) value = fround(fround(value * x) + terms[i]!);
  return value;
}

function powerOfTwo(exponent: number): number {
  bits[0] = (exponent + 127) << 23;
  return float[0]!;
}

/** exp(x) = 2^n exp(r), n the integer nearest to x / ln 2, r = x - n ln 2. Zero below -87.3; constant above 88.3. */
export function exp(x: number): number {
  if (x < EXP_LOWEST) return 0;
  const clamped = Math.min(x, EXP_HIGHEST);
  const n = fround(fround(fround(clamped * LOG2_E) + ROUNDING_SHIFT) - ROUNDING_SHIFT);
  const r = fround(fround(clamped - fround(n * LN2_HIGH)) - fround(n * LN2_LOW));
  return fround(polynomial(EXP_TERMS, r) * powerOfTwo(n));
}

/** log(x) = n ln 2 + 2 artanh(s), x = 2^n m, 0.707 < m < 1.415, s = (m - 1) / (m + 1). x: positive and normal; not finite gives NaN. */
export function log(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  float[0] = x;
  const bitsOfRoot = 0x3f3504f3; // sqrt(1/2)
  const n = (bits[0]! - bitsOfRoot) >> 23;
  bits[0] = bits[0]! - (n << 23);
  const m = float[0]!;
  const s = fround(fround(m - 1) / fround(m + 1));
  const z = fround(s * s);
  const beyondFirstTerm = fround(polynomial(ARTANH_TERMS, z) * z); // artanh(s) = s (1 + z/3 + z^2/5 + ...)
  const twice = fround(s + s);
  const low = fround(fround(twice * beyondFirstTerm) + fround(n * LN2_LOW));
  return fround(fround(low + twice) + fround(n * LN2_HIGH));
}
