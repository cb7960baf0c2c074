/** Matrix product, batched, any strides: three loops. Spec: spec/arithmetic.md#R1, #R3. */
import type { ReferenceKernel } from "./referenceMemory.ts";
import { leftOperand, rightOperand } from "./rounding.ts";

const { fround } = Math;

/** values[from], values[from + step], ... */
export interface Strided {
  readonly values: Float32Array;
  readonly from: number;
  readonly step: number;
}

/** One element of a product: k ascending, one accumulator, rounded at each multiplication and at each addition. */
export function dot(left: Strided, right: Strided, length: number, flags: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) {
    const a = leftOperand(left.values[left.from + k * left.step]!, flags);
    const b = rightOperand(right.values[right.from + k * right.step]!, flags);
    sum = fround(sum + fround(a * b));
  }
  return sum;
}

/** c[i, j] = sum over k of a[i, k] b[k, j], then + addend[i, j]. a: (rows, k), b: (k, columns), c: (rows, columns). */
export const product: ReferenceKernel<"product"> = (memory, o) => {
  const a = memory.floats(o.a);
  const b = memory.floats(o.b);
  const c = memory.floats(o.c);
  const addend = memory.optionalFloats(o.addend);
  for (let i = 0; i < o.batch; i++)
    for (let row = 0; row < o.rows; row++)
      for (let column = 0; column < o.columns; column++) {
        const left = { values: a, from: i * o.aBatch + row * o.aRow, step: o.aK };
        const right = { values: b, from: i * o.bBatch + column * o.bColumn, step: o.bK };
        const sum = dot(left, right, o.k, o.flags);
        const at = i * o.cBatch + row * o.cRow + column;
        c[at] = addend === undefined ? sum : fround(sum + addend[at]!);
      }
};
