/**
 * Per coordinate the mean without the highest and the lowest (Yin et al., arXiv 1803.01498). At least one on each side goes
 * where there are three or more, so that one attacker never has a say alone. Spec: spec/outer-step.md#O5.
 */
import type { Aggregator, Combine } from "./aggregator.ts";
import { combineMean } from "./mean.ts";

/** How many go on each side. */
export function trimCount(contributions: number, fraction: number): number {
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

const combineWithoutOne: Combine = (rows, out) => {
  for (let i = 0; i < out.length; i++) {
    let lowest = 0;
    let low = rows[0]![i] as number;
    for (let row = 1; row < rows.length; row++) {
      const value = rows[row]![i] as number;
      if (value < low) {
        low = value;
        lowest = row;
      }
    }
    let highest = -1;
    let high = 0;
    for (let row = 0; row < rows.length; row++) {
      const value = rows[row]![i] as number;
      if (row !== lowest && (highest === -1 || value > high)) {
        high = value;
        highest = row;
      }
    }
    let sum = 0;
    for (let row = 0; row < rows.length; row++) {
      if (row !== lowest && row !== highest) sum += rows[row]![i] as number;
    }
    out[i] = sum / (rows.length - 2);
  }
};

function combineWithout(trim: number, count: number): Combine {
  const isOut = new Uint8Array(count);
  const kept = count - 2 * trim;
  return (rows, out) => {
    for (let i = 0; i < out.length; i++) {
      isOut.fill(0);
      for (let round = 0; round < trim; round++) dropExtreme(rows, i, { isOut, sign: 1 });
      for (let round = 0; round < trim; round++) dropExtreme(rows, i, { isOut, sign: -1 });
      let sum = 0;
      for (let row = 0; row < count; row++) if (isOut[row] === 0) sum += rows[row]![i] as number;
      out[i] = sum / kept;
    }
  };
}

interface Dropping {
  readonly isOut: Uint8Array;
  /** 1 drops the lowest that is left, -1 the highest. */
  readonly sign: 1 | -1;
}

function dropExtreme(rows: readonly Float32Array[], i: number, { isOut, sign }: Dropping): void {
  let found = -1;
  let extreme = 0;
  for (let row = 0; row < rows.length; row++) {
    const value = sign * (rows[row]![i] as number);
    if (isOut[row] === 0 && (found === -1 || value < extreme)) {
      extreme = value;
      found = row;
    }
  }
  isOut[found] = 1;
}
