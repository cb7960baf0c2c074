/** AdamW with decoupled weight decay and clipping by the global gradient norm. Loshchilov and Hutter 2019. */
import { interleavedSum } from "./reduction.ts";
import type { ReferenceKernel } from "./referenceMemory.ts";

const { fround, sqrt } = Math;
const BLOCK = 4096;

/** partial[i] = sum of squares of block i of 4096 values. */
export const sumSquares: ReferenceKernel<"sumSquares"> = (memory, o) => {
  const x = memory.floats(o.x);
  const partial = memory.floats(o.partial);
  for (let from = 0; from < o.count; from += BLOCK) {
    const length = Math.min(BLOCK, o.count - from);
    partial[from / BLOCK] = interleavedSum(length, (i) => fround(x[from + i]! * x[from + i]!));
  }
};

function readSettings(settings: Float32Array) {
  return {
    rate: settings[0]!,
    beta1: settings[1]!,
    beta2: settings[2]!,
    epsilon: settings[3]!,
    decay: settings[4]!,
    clipNorm: settings[5]!,
    /** 1 - beta1^t and 1 - beta2^t: the averages start from zero and are divided by their total weight. */
    correction1: settings[6]!,
    correction2: settings[7]!,
  };
}

/**
 * first = beta1 first + (1 - beta1) g, second = beta2 second + (1 - beta2) g^2,
 * weight = weight (1 - rate decay) - rate (first / correction1) / (sqrt(second / correction2) + epsilon).
 * g is the gradient, scaled down where its norm is above the clip norm. squares: what sumSquares made of the gradient;
 * norm[0] receives the norm before clipping. Only the first `decayed` values decay.
 */
export const adamw: ReferenceKernel<"adamw"> = (memory, o) => {
  const [weight, gradient] = [memory.floats(o.weight), memory.floats(o.gradient)];
  const [first, second] = [memory.floats(o.first), memory.floats(o.second)];
  const squares = memory.floats(o.squares);
  const s = readSettings(memory.floats(o.settings));
  const norm = fround(sqrt(interleavedSum(Math.ceil(o.count / BLOCK), (i) => squares[i]!)));
  const clip = norm > s.clipNorm ? fround(s.clipNorm / fround(norm + fround(1e-6))) : 1;
  const shrink = fround(1 - fround(s.rate * s.decay));
  const stepSize = fround(s.rate / s.correction1);
  const root2 = fround(sqrt(s.correction2));
  for (let i = 0; i < o.count; i++) {
    const g = fround(gradient[i]! * clip);
    const m = fround(fround(s.beta1 * first[i]!) + fround(fround(1 - s.beta1) * g));
    const v = fround(fround(s.beta2 * second[i]!) + fround(fround(1 - s.beta2) * fround(g * g)));
    const kept = i < o.decayed ? fround(weight[i]! * shrink) : weight[i]!;
    const divisor = fround(fround(fround(sqrt(v)) / root2) + s.epsilon);
    weight[i] = fround(kept - fround(fround(stepSize * m) / divisor));
    first[i] = m;
    second[i] = v;
  }
  memory.floats(o.norm)[0] = norm;
};
