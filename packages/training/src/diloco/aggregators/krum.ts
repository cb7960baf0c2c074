/**
 * Krum and multi-Krum (Blanchard et al., NeurIPS 2017): the contributions whose nearest neighbours are nearest, by squared
 * distance between whole vectors. They stand f attackers among n >= 2f + 3. Spec: spec/outer-step.md#O5.
 */
import type { Aggregator } from "./aggregator.ts";
import { combineMean } from "./mean.ts";
import { pairwiseDistances } from "./pairwiseDistances.ts";
import { weightedSum } from "./weightedSum.ts";

/** The most attackers that n contributions stand. */
function attackersOf(count: number): number {
  return Math.floor((count - 3) / 2);
}

/** Contributions from the best score to the worst; of equal ones the lower slot first. */
function ranked(distances: readonly Float64Array[]): number[] {
  const count = distances.length;
  const neighbours = count - attackersOf(count) - 2;
  const scores = distances.map((row, own) => {
    const others = row.filter((_, other) => other !== own).sort();
    return others.subarray(0, neighbours).reduce((sum, distance) => sum + distance, 0);
  });
  return scores.map((_, index) => index).sort((a, b) => scores[a]! - scores[b]! || a - b);
}

function best(take: (count: number) => number): Aggregator {
  return (contributions) => {
    const { count } = contributions;
    if (count < 3) return combineMean;
    const taken = take(count);
    const weights = new Float64Array(count);
    for (const index of ranked(pairwiseDistances(contributions)).slice(0, taken)) weights[index] = 1 / taken;
    return weightedSum(weights);
  };
}

export const krum: Aggregator = best(() => 1);

export const multiKrum: Aggregator = best((count) => count - attackersOf(count) - 2);
