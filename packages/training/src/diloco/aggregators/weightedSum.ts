/** A combination of whole contributions. */
import type { Combine } from "./aggregator.ts";

/** Sums weight times value in double precision in slot order; contributions of weight 0 are not touched. */
export function weightedSum(weights: ArrayLike<number>): Combine {
  return ({ values, rows, stride }, out) => {
    for (let i = 0; i < out.length; i++) {
      let sum = 0;
      for (let row = 0; row < rows; row++) {
        const weight = weights[row] as number;
        if (weight !== 0) sum += weight * (values[row * stride + i] as number);
      }
      out[i] = sum;
    }
  };
}
