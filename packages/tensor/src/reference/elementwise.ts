/** Elementwise sums and products, strided copies, and rows appended to a key or value cache. */
import type { ReferenceKernel } from "./referenceMemory.ts";
import { roundOperand } from "./rounding.ts";

const { fround } = Math;

/** output = a + b */
export const add: ReferenceKernel<"add"> = (memory, o) => {
  const [a, b, output] = [memory.floats(o.a), memory.floats(o.b), memory.floats(o.output)];
  for (let i = 0; i < o.count; i++) output[i] = fround(a[i]! + b[i]!);
};

/** output = x * factor[0] */
export const scale: ReferenceKernel<"scale"> = (memory, o) => {
  const [x, output] = [memory.floats(o.x), memory.floats(o.output)];
  const factor = memory.floats(o.factor)[0]!;
  for (let i = 0; i < o.count; i++) output[i] = fround(x[i]! * factor);
};

/** output[r * outputRow + c] = x[r * xRow + c * xColumn], rounded to bfloat16 where `round` is not 0. */
export const copyMatrix: ReferenceKernel<"copyMatrix"> = (memory, o) => {
  const [x, output] = [memory.floats(o.x), memory.floats(o.output)];
  for (let r = 0; r < o.rows; r++)
    for (let c = 0; c < o.columns; c++) {
      const value = x[r * o.xRow + c * o.xColumn]!;
      output[r * o.outputRow + c] = o.round === 0 ? value : roundOperand(value);
    }
};

/**
 * Row t of sequence s goes to row past[s] + t of slot slots[s] (absent: s; -1: nowhere) of a cache (slots, capacity, width),
 * or (slots, width, capacity) where `across` is not 0. Rounded to bfloat16 where `round` is not 0.
 */
export const cacheWrite: ReferenceKernel<"cacheWrite"> = (memory, o) => {
  const [x, cache] = [memory.floats(o.x), memory.floats(o.cache)];
  const past = memory.integers(o.past);
  const slots = memory.optionalIntegers(o.slots);
  const [rowStep, columnStep] = o.across === 0 ? [o.width, 1] : [1, o.capacity];
  for (let s = 0; s < o.sequences; s++) {
    const slot = slots?.[s] ?? s;
    for (let t = 0; t < o.rows && slot >= 0; t++)
      for (let c = 0; c < o.width; c++) {
        const value = x[(s * o.rows + t) * o.xRow + c]!;
        const at = slot * o.capacity * o.width + (past[s]! + t) * rowStep + c * columnStep;
        cache[at] = o.round === 0 ? value : roundOperand(value);
      }
  }
};
