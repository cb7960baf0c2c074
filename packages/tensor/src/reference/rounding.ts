/** Rounding of product operands to bfloat16. Spec: spec/arithmetic.md#R3. */
import { productFlags } from "../kernels.ts";

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

const MAGNITUDE = 0x7fffffff;
const BFLOAT16 = 0xffff0000;
/** Bit patterns of 2^-67 and 2^63: patterns of positive floats are ordered as the floats are. */
const SMALLEST_OPERAND = (127 - 67) << 23;
const TOO_LARGE = (127 + 63) << 23;

/**
 * The nearest number with 8 significant bits, ties to even; zero where that is below 2^-67 in magnitude.
 * Magnitudes of 2^63 and more become infinite, so that a product of two finite operands never overflows. NaN stays NaN.
 */
export function roundOperand(x: number): number {
  float[0] = x;
  const magnitude = bits[0]! & MAGNITUDE;
  const sign = bits[0]! >>> 31 === 1 ? -1 : 1;
  if (magnitude >= TOO_LARGE) return x * Number.POSITIVE_INFINITY;
  const isOdd = (magnitude >>> 16) & 1;
  const rounded = (magnitude + 0x7fff + isOdd) & BFLOAT16;
  if (rounded < SMALLEST_OPERAND) return 0;
  bits[0] = rounded;
  return sign * float[0]!;
}

/** What a product with these flags makes of a value of its left operand. */
export function leftOperand(x: number, flags: number): number {
  return flags & productFlags.roundA ? roundOperand(x) : x;
}

/** What a product with these flags makes of a value of its right operand. */
export function rightOperand(x: number, flags: number): number {
  return flags & productFlags.roundB ? roundOperand(x) : x;
}
