/**
 * The point with the least sum of distances to all contributions, by Weiszfeld's iteration smoothed as in RFA (Pillutla et
 * al., arXiv 1912.13445). Every estimate is a weighted sum of the contributions, so the iteration needs their mutual
 * distances and no pass over the coordinates. Spec: spec/outer-step.md#O5.
 */
import type { Aggregator } from "./aggregator.ts";
import { pairwiseDistances } from "./pairwiseDistances.ts";
import { weightedSum } from "./weightedSum.ts";

const ITERATIONS = 100;
/**
 * Part of the largest mutual distance below which distances do not count as smaller. Contributions are clipped before, so
 * that the largest is at most twice the median norm, and nobody can raise this by being far away.
 */
const SMOOTHING = 1e-6;

export const geometricMedian: Aggregator = (contributions) => {
  const { count } = contributions;
  const distances = pairwiseDistances(contributions);
  const largest = Math.sqrt(Math.max(0, ...distances.flatMap((row) => Array.from(row))));
  let weights = new Float64Array(count).fill(1 / count);
  for (let iteration = 0; iteration < ITERATIONS && largest > 0; iteration++) {
    const inverse = distancesTo(weights, distances).map((distance) => 1 / Math.max(distance, SMOOTHING * largest));
    const sum = inverse.reduce((total, each) => total + each, 0);
    weights = inverse.map((each) => each / sum);
  }
  return weightedSum(weights);
};

/** From each contribution to the weighted sum of them: |x_i - y|^2 = sum_j w_j d_ij - (1/2) sum_jk w_j w_k d_jk. */
function distancesTo(weights: Float64Array, distances: readonly Float64Array[]): Float64Array {
  const means = Float64Array.from(distances, (row) => row.reduce((sum, d, j) => sum + (weights[j] as number) * d, 0));
  const spread = means.reduce((sum, mean, j) => sum + (weights[j] as number) * mean, 0) / 2;
  return means.map((mean) => Math.sqrt(Math.max(0, mean - spread)));
}
