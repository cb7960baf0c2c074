/** Products of 8-bit integers for serving. Spec: spec/arithmetic.md#R8. */
import type { ReferenceKernel } from "./referenceMemory.ts";

const { fround } = Math;
const LARGEST_INTEGER = 127;
/** 2^-100: rows without a larger magnitude count as zero, or 127 / magnitude could overflow. */
const SMALLEST_ROW = 7.888609052210118e-31;

function nearestEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
}

/** q[r] = round(x[r] / steps[r]), steps[r] = largest magnitude of the row / 127. q: int8 (rows, width), steps: (rows). */
export const quantizeRows: ReferenceKernel<"quantizeRows"> = (memory, o) => {
  const x = memory.floats(o.x);
  const q = memory.bytes(o.q);
  const steps = memory.floats(o.steps);
  for (let r = 0; r < o.rows; r++) {
    const value = (c: number): number => x[r * o.xRow + c * o.xColumn]!;
    let largest = 0;
    for (let c = 0; c < o.width; c++) largest = Math.max(largest, Math.abs(value(c)));
    const isZero = largest < SMALLEST_ROW;
    steps[r] = isZero ? 0 : fround(largest / LARGEST_INTEGER);
    const inverse = isZero ? 0 : fround(LARGEST_INTEGER / largest);
    for (let c = 0; c < o.width; c++) q[r * o.width + c] = nearestEven(fround(value(c) * inverse));
  }
};

/**
 * c[r, j] = (a_r . b_j) * (aSteps[r] * bSteps[j]) + addend[r, j]; the sum of integers is exact.
 * a: int8 (rows, k), b: int8 (columns, k), c: (rows, columns).
 */
export const productInt8: ReferenceKernel<"productInt8"> = (memory, o) => {
  const [a, b] = [memory.bytes(o.a), memory.bytes(o.b)];
  const [aSteps, bSteps] = [memory.floats(o.aSteps), memory.floats(o.bSteps)];
  const addend = memory.optionalFloats(o.addend);
  const c = memory.floats(o.c);
  for (let r = 0; r < o.rows; r++)
    for (let j = 0; j < o.columns; j++) {
      let sum = 0;
      for (let k = 0; k < o.k; k++) sum += a[r * o.k + k]! * b[j * o.k + k]!;
      const value = fround(fround(sum) * fround(aSteps[r]! * bSteps[j]!));
      const at = r * o.columns + j;
      c[at] = addend === undefined ? value : fround(value + addend[at]!);
    }
};
