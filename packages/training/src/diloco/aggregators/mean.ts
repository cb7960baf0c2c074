/** The plain mean: best where everybody is honest, and at the mercy of anyone who is not. Spec: spec/outer-step.md#O5. */
import type { Aggregator, Combine } from "./aggregator.ts";

/** Sums in double precision in slot order, divides once, rounds once. */
export const combineMean: Combine = ({ values, rows, stride }, out) => {
  const end = rows * stride;
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let at = i; at < end; at += stride) sum += values[at] as number;
    out[i] = sum / rows;
  }
};

export const mean: Aggregator = () => combineMean;
