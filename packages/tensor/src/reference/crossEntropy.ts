/** Softmax cross entropy with its gradient, and the mean over the rows that count (target -1 does not). */
import { exp, log } from "./exponential.ts";
import { interleavedMax, interleavedSum } from "./reduction.ts";
import type { ReferenceKernel } from "./referenceMemory.ts";

const { fround } = Math;

function countedRows(targets: Int32Array, rows: number): number {
  return targets.subarray(0, rows).filter((target) => target >= 0).length;
}

/**
 * losses[r] = log(sum of exp(logits)) - logits[target], dLogits = (softmax - one-hot of target) / counted rows.
 * logits, dLogits: (rows, classes), may be the same tensor; targets, losses: (rows). Both are zero where target is -1.
 */
export const crossEntropy: ReferenceKernel<"crossEntropy"> = (memory, o) => {
  const targets = memory.integers(o.targets);
  const losses = memory.floats(o.losses);
  const share = fround(1 / countedRows(targets, o.rows));
  for (let r = 0; r < o.rows; r++) {
    const logits = memory.floats(o.logits).subarray(r * o.classes, (r + 1) * o.classes);
    const dLogits = memory.floats(o.dLogits).subarray(r * o.classes, (r + 1) * o.classes);
    const target = targets[r]!;
    if (target < 0) {
      losses[r] = 0;
      dLogits.fill(0);
      continue;
    }
    const largest = interleavedMax(o.classes, (j) => logits[j]!);
    const exponentials = logits.map((logit) => exp(fround(logit - largest)));
    const sum = interleavedSum(o.classes, (j) => exponentials[j]!);
    losses[r] = fround(log(sum) - fround(logits[target]! - largest));
    const factor = fround(fround(1 / sum) * share);
    for (let j = 0; j < o.classes; j++) dLogits[j] = fround(exponentials[j]! * factor);
    dLogits[target] = fround(dLogits[target]! - share);
  }
};

/** mean[0] = sum of losses / counted rows, mean[1] = counted rows. */
export const crossEntropyMean: ReferenceKernel<"crossEntropyMean"> = (memory, o) => {
  const losses = memory.floats(o.losses);
  const mean = memory.floats(o.mean);
  const count = countedRows(memory.integers(o.targets), o.rows);
  mean[0] = fround(interleavedSum(o.rows, (r) => losses[r]!) / count);
  mean[1] = count;
};
