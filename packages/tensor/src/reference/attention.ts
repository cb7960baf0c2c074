/**
 * Causal grouped-query attention, forward. Vaswani et al. 2017 (section 3.2.1), Ainslie et al. 2023.
 * Query row t of a sequence sees keys 0 ... t; `heads / keyHeads` heads share a key head.
 */
import type { KernelOperands } from "../kernels.ts";
import { exp } from "./exponential.ts";
import { dot, type Strided } from "./product.ts";
import { interleavedMax, interleavedSum } from "./reduction.ts";
import type { ReferenceKernel, ReferenceMemory } from "./referenceMemory.ts";

const { fround } = Math;

type Operands = KernelOperands<"attention"> | KernelOperands<"attentionBackward">;

/** One head of one sequence: where its rows of q and output, and the rows of k and v that it shares, are found. */
export interface Head {
  readonly sequence: number;
  readonly head: number;
}

/** Row t of a head in a (sequences * rows, ...) tensor such as q (size keySize) or output (size valueSize). */
export function queryRow(o: Operands, { sequence, head }: Head, rowStride: number, size: number) {
  return (t: number): number => (sequence * o.rows + t) * rowStride + head * size;
}

/** Row j of a head's keys or values in a (sequences * keyRows, ...) tensor. */
export function keyRow(o: Operands, { sequence, head }: Head, rowStride: number, size: number) {
  const keyHead = Math.floor(head / (o.heads / o.keyHeads));
  return (j: number): number => (sequence * o.keyRows + j) * rowStride + keyHead * size;
}

/** Where the two statistics of row t stand: its largest scaled score, and 1 / the sum of exponentials. */
export function statisticsAt(o: Operands, { sequence, head }: Head) {
  return (t: number): number => ((sequence * o.rows + t) * o.heads + head) * 2;
}

/** scale * q_t . k_j */
export function scaledScores(memory: ReferenceMemory, o: Operands, at: Head) {
  const q = memory.floats(o.q);
  const k = memory.floats(o.k);
  const qAt = queryRow(o, at, o.qRow, o.keySize);
  const kAt = keyRow(o, at, o.kRow, o.keySize);
  return (t: number, j: number): number => {
    const left: Strided = { values: q, from: qAt(t), step: 1 };
    const right: Strided = { values: k, from: kAt(j), step: 1 };
    return fround(dot(left, right, o.keySize, o.flags) * fround(o.scale));
  };
}

/** exp(s - largest) * inverse for each score s, inverse = 1 / the sum of exponentials. */
export function softmax(scores: Float32Array) {
  const keys = scores.length;
  const largest = interleavedMax(keys, (j) => scores[j]!);
  const exponentials = scores.map((s) => exp(fround(s - largest)));
  const inverse = fround(1 / interleavedSum(keys, (j) => exponentials[j]!));
  return { weights: exponentials.map((e) => fround(e * inverse)), largest, inverse };
}

function attendHead(memory: ReferenceMemory, o: KernelOperands<"attention">, at: Head): void {
  const v = memory.floats(o.v);
  const output = memory.floats(o.output);
  const statistics = memory.floats(o.statistics);
  const outputAt = queryRow(o, at, o.outputRow, o.valueSize);
  const vAt = keyRow(o, at, o.vRow, o.valueSize);
  const score = scaledScores(memory, o, at);
  for (let t = 0; t < o.rows; t++) {
    const keys = t + 1;
    const { weights, largest, inverse } = softmax(Float32Array.from({ length: keys }, (_, j) => score(t, j)));
    const left: Strided = { values: weights, from: 0, step: 1 };
    for (let c = 0; c < o.valueSize; c++)
      output[outputAt(t) + c] = dot(left, { values: v, from: vAt(0) + c, step: o.vRow }, keys, o.flags);
    statistics[statisticsAt(o, at)(t)] = largest;
    statistics[statisticsAt(o, at)(t) + 1] = inverse;
  }
}

export const attention: ReferenceKernel<"attention"> = (memory, o) => {
  for (let sequence = 0; sequence < o.sequences; sequence++)
    for (let head = 0; head < o.heads; head++) attendHead(memory, o, { sequence, head });
};
