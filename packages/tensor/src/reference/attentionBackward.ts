/**
 * Causal grouped-query attention, backward, for whole sequences (no past). Dao et al. 2022, appendix B.2:
 * dP = dO V^T, dS = P * (dP - rowsum(dO * O)) * scale, dQ = dS K, dK = dS^T Q, dV = P^T dO.
 */
import type { KernelOperands } from "../kernels.ts";
import { type Head, keyRow, queryRow, scaledScores, statisticsAt } from "./attention.ts";
import { exp } from "./exponential.ts";
import { dot, type Strided } from "./product.ts";
import { interleavedSum } from "./reduction.ts";
import type { ReferenceKernel, ReferenceMemory } from "./referenceMemory.ts";
import { leftOperand, rightOperand } from "./rounding.ts";

const { fround } = Math;

type Operands = KernelOperands<"attentionBackward">;

/** P and dS of one head: (rows, rows), row t has t + 1 values. */
interface Weights {
  readonly p: readonly Float32Array[];
  readonly dS: readonly Float32Array[];
}

function weightsOf(memory: ReferenceMemory, o: Operands, at: Head): Weights {
  const [v, output, dOutput] = [memory.floats(o.v), memory.floats(o.output), memory.floats(o.dOutput)];
  const statistics = memory.floats(o.statistics);
  const scale = fround(o.scale);
  const score = scaledScores(memory, o, at);
  const outputAt = queryRow(o, at, o.outputRow, o.valueSize);
  const vAt = keyRow(o, at, o.vRow, o.valueSize);
  const p: Float32Array[] = [];
  const dS: Float32Array[] = [];
  for (let t = 0; t < o.rows; t++) {
    const from = outputAt(t);
    const largest = statistics[statisticsAt(o, at)(t)]!;
    const inverse = statistics[statisticsAt(o, at)(t) + 1]!;
    const delta = interleavedSum(o.valueSize, (c) => fround(dOutput[from + c]! * output[from + c]!));
    const row = Float32Array.from({ length: t + 1 }, (_, j) => fround(exp(fround(score(t, j) - largest)) * inverse));
    const dRow = row.map((weight, j) => {
      const dP = dot({ values: dOutput, from, step: 1 }, { values: v, from: vAt(j), step: 1 }, o.valueSize, o.flags);
      return fround(fround(weight * fround(dP - delta)) * scale);
    });
    p.push(row);
    dS.push(dRow);
  }
  return { p, dS };
}

/** dQ_t = sum over keys j of dS[t, j] k_j. */
function writeQueryGradient(memory: ReferenceMemory, o: Operands, at: Head, dS: Weights["dS"]): void {
  const dQ = memory.floats(o.dQ);
  const k = memory.floats(o.k);
  const dQAt = queryRow(o, at, o.dQRow, o.keySize);
  const kAt = keyRow(o, at, o.kRow, o.keySize);
  for (let t = 0; t < o.rows; t++) {
    const left: Strided = { values: dS[t]!, from: 0, step: 1 };
    for (let c = 0; c < o.keySize; c++)
      dQ[dQAt(t) + c] = dot(left, { values: k, from: kAt(0) + c, step: o.kRow }, t + 1, o.flags);
  }
}

/** One of dK and dV, with what it is made of: dK from dS and q, dV from P and dOutput. */
interface KeyGradient {
  readonly target: Float32Array;
  readonly targetRow: number;
  readonly left: (weights: Weights) => readonly Float32Array[];
  readonly right: Float32Array;
  readonly rightRow: number;
  readonly size: number;
}

/** target_j += sum over query rows t that see j of left[t, j] right_t: continues the accumulators of the heads before. */
function addKeyGradient(o: Operands, at: Head, weights: Weights, gradient: KeyGradient): void {
  const { target, targetRow, right, rightRow, size } = gradient;
  const left = gradient.left(weights);
  const targetAt = keyRow(o, at, targetRow, size);
  const rightAt = queryRow(o, at, rightRow, size);
  for (let j = 0; j < o.rows; j++)
    for (let c = 0; c < size; c++) {
      let sum = target[targetAt(j) + c]!;
      for (let t = j; t < o.rows; t++) {
        const a = leftOperand(left[t]![j]!, o.flags);
        sum = fround(sum + fround(a * rightOperand(right[rightAt(t) + c]!, o.flags)));
      }
      target[targetAt(j) + c] = sum;
    }
}

function clear(o: Operands, at: Head, { target, targetRow, size }: KeyGradient): void {
  const targetAt = keyRow(o, at, targetRow, size);
  for (let j = 0; j < o.rows; j++) target.fill(0, targetAt(j), targetAt(j) + size);
}

export const attentionBackward: ReferenceKernel<"attentionBackward"> = (memory, o) => {
  const dK: KeyGradient = {
    target: memory.floats(o.dK),
    targetRow: o.dKRow,
    left: ({ dS }) => dS,
    right: memory.floats(o.q),
    rightRow: o.qRow,
    size: o.keySize,
  };
  const dV: KeyGradient = {
    target: memory.floats(o.dV),
    targetRow: o.dVRow,
    left: ({ p }) => p,
    right: memory.floats(o.dOutput),
    rightRow: o.outputRow,
    size: o.valueSize,
  };
  const group = o.heads / o.keyHeads;
  for (let sequence = 0; sequence < o.sequences; sequence++)
    for (let head = 0; head < o.heads; head++) {
      const at: Head = { sequence, head };
      if (head % group === 0) for (const gradient of [dK, dV]) clear(o, at, gradient);
      const weights = weightsOf(memory, o, at);
      writeQueryGradient(memory, o, at, weights.dS);
      for (const gradient of [dK, dV]) addKeyGradient(o, at, weights, gradient);
    }
};
