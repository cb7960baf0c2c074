/**
 * Per coordinate the median (Yin et al., arXiv 1803.01498); of an even number the mean of the two in the middle.
 * Spec: spec/outer-step.md#O5.
 */
import type { Aggregator } from "./aggregator.ts";

export const coordinateMedian: Aggregator = ({ count }) => {
  const sorted = new Float64Array(count);
  const upper = count >> 1;
  const lower = (count - 1) >> 1;
  return ({ values, stride }, out) => {
    for (let i = 0; i < out.length; i++) {
      for (let row = 0; row < count; row++) {
        const value = values[row * stride + i] as number;
        let place = row;
        for (; place > 0 && (sorted[place - 1] as number) > value; place--) sorted[place] = sorted[place - 1] as number;
        sorted[place] = value;
      }
      out[i] = ((sorted[lower] as number) + (sorted[upper] as number)) / 2;
    }
  };
};
