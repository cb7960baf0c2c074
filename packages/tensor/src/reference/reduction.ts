/** Sums and maxima: sixteen interleaved partial results, then the tree 8-4-2-1. Spec: spec/arithmetic.md#R2. */

const { fround } = Math;
const WIDTH = 16;

/** Combines result i with result i + half, for half = 8, 4, 2, 1. */
function tree(partial: Float32Array, combine: (a: number, b: number) => number): number {
  for (let half = WIDTH / 2; half >= 1; half /= 2)
    for (let i = 0; i < half; i++) partial[i] = combine(partial[i]!, partial[i + half]!);
  return partial[0]!;
}

const sum = (a: number, b: number): number => fround(a + b);

/** Of equal values the second, which matters for the sign of zero; a NaN as first value is passed over. */
// biome-ignore lint/complexity/useMathMinMax: Math.max orders -0 below +0 and keeps NaN, the kernels do neither
const larger = (a: number, b: number): number => (a > b ? a : b);

/** Sum of value(0) ... value(count - 1), each a float32. */
export function interleavedSum(count: number, value: (index: number) => number): number {
  const partial = new Float32Array(WIDTH);
  for (let i = 0; i < count; i++) partial[i % WIDTH] = sum(partial[i % WIDTH]!, value(i));
  return tree(partial, sum);
}

/** Largest of value(0) ... value(count - 1), each a float32. */
export function interleavedMax(count: number, value: (index: number) => number): number {
  const partial = new Float32Array(WIDTH).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < count; i++) partial[i % WIDTH] = larger(value(i), partial[i % WIDTH]!);
  return tree(partial, larger);
}
