/** A combination of whole contributions. */
import type { Combine } from "./aggregator.ts";

/** Sums weight times value in double precision in slot order; contributions of weight 0 are not touched. */
export function weightedSum(weights: ArrayLike<number>): Combine {
  return (rows, out) => {
    for (let i = 0; i < out.length; i++) {
      let sum = 0;
      for (let row = 0; row < rows.length; row++) {
        const weight = weights[row] as number;
        if (weight !== 0) sum += weight * (rows[row]![i] as number);
      }
      out[i] = sum;
    }
  };
}
