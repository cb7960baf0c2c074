/** The plain mean: best where everybody is honest, and at the mercy of anyone who is not. */
import type { Aggregator, Combine } from "./aggregator.ts";

/** Sums in double precision in slot order, divides once, rounds once. */
export const combineMean: Combine = (rows, out) => {
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let row = 0; row < rows.length; row++) sum += rows[row]![i] as number;
    out[i] = sum / rows.length;
  }
};

export const mean: Aggregator = () => combineMean;
