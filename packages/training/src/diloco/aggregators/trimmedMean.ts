/**
 * Per coordinate the mean without the highest and the lowest (Yin et al., arXiv 1803.01498). At least one on each side goes
 * where there are three or more, so that one attacker never has a say alone. Spec: spec/outer-step.md#O5.
 */
import type { Aggregator, Combine } from "./aggregator.ts";
import { combineMean } from "./mean.ts";

/** How many go on each side. */
function trimCount(contributions: number, fraction: number): number {
  if (contributions < 3) return 0;
  const wanted = Math.max(1, Math.floor(contributions * fraction));
  return Math.min(wanted, Math.floor((contributions - 1) / 2));
}

/** Of equal values those of lower slots go first, on either side; the rest is summed in slot order. */
export const trimmedMean: Aggregator = ({ count }, { trimFraction }) => {
  const trim = trimCount(count, trimFraction);
  if (trim === 0) return combineMean;
  return trim === 1 ? combineWithoutOne : combineWithout(trim, count);
};

/** The usual case, by far the hottest loop of the outer step: without places in an array, and the fewest mispredicted branches. */
const combineWithoutOne: Combine = ({ values, rows, stride }, out) => {
  const end = rows * stride;
  const kept = rows - 2;
  for (let i = 0; i < out.length; i++) {
    let low = values[i] as number;
    let high = low;
    for (let at = i + stride; at < end; at += stride) {
      const value = values[at] as number;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    let sum = 0;
    let hasLow = true;
    let hasHigh = true;
    for (let at = i; at < end; at += stride) {
      const value = values[at] as number;
      if (value === low && hasLow) hasLow = false;
      else if (value === high && hasHigh) hasHigh = false;
      else sum += value;
    }
    out[i] = sum / kept;
  }
};

function combineWithout(trim: number, count: number): Combine {
  const column = new Float32Array(count);
  const isOut = new Uint8Array(count);
  const kept = count - 2 * trim;
  return ({ values, stride }, out) => {
    for (let i = 0; i < out.length; i++) {
      for (let row = 0; row < count; row++) column[row] = values[row * stride + i] as number;
      isOut.fill(0);
      for (let round = 0; round < trim; round++) dropLeast(column, isOut, 1);
      for (let round = 0; round < trim; round++) dropLeast(column, isOut, -1);
      let sum = 0;
      for (let row = 0; row < count; row++) if (isOut[row] === 0) sum += column[row] as number;
      out[i] = sum / kept;
    }
  };
}

/** Sign 1 drops the lowest that is left, -1 the highest. */
function dropLeast(column: Float32Array, isOut: Uint8Array, sign: 1 | -1): void {
  let found = -1;
  let least = 0;
  for (let row = 0; row < column.length; row++) {
    const value = sign * (column[row] as number);
    if (isOut[row] === 0 && (found === -1 || value < least)) {
      least = value;
      found = row;
    }
  }
  isOut[found] = 1;
}
