/**
 * The weight of a token against the most likely one. Summed over the whole vocabulary for every token that is drawn, so it is a
 * polynomial without divisions; float64 from + and * alone, hence with the same bits in every JavaScript engine.
 */

/** Nobody will see a token that is e^44 times, 2^63 times, less likely than another; it adds nothing to a sum of 1. */
const LEAST_DIFFERENCE = -44;

const LN2_HIGH = 0.6931471803691238; // its low 21 bits are zero: n * LN2_HIGH is exact
const LN2_LOW = 1.9082149292705877e-10;

/** 2^-n, exact. */
const powersOfHalf = new Float64Array(65).fill(1);
for (let n = 1; n < powersOfHalf.length; n++) powersOfHalf[n] = powersOfHalf[n - 1]! / 2;

/** 1 / k! for k = 2 ... 13. */
const C2 = 1 / 2;
const C3 = 1 / 6;
const C4 = 1 / 24;
const C5 = 1 / 120;
const C6 = 1 / 720;
const C7 = 1 / 5040;
const C8 = 1 / 40320;
const C9 = 1 / 362880;
const C10 = 1 / 3628800;
const C11 = 1 / 39916800;
const C12 = 1 / 479001600;
const C13 = 1 / 6227020800;

/** e^difference for a difference of logits from 0 down, 0 where that is below e^-44; relative error below 1e-15. */
export function tokenWeight(difference: number): number {
  if (difference < LEAST_DIFFERENCE) return 0;
  const n = Math.floor(0.5 - difference * Math.LOG2E);
  const r = difference + n * LN2_HIGH + n * LN2_LOW;
  const high = C7 + r * (C8 + r * (C9 + r * (C10 + r * (C11 + r * (C12 + r * C13)))));
  return (1 + r * (1 + r * (C2 + r * (C3 + r * (C4 + r * (C5 + r * (C6 + r * high))))))) * powersOfHalf[n]!;
}
