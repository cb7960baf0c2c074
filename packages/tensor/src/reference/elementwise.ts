/** Elementwise sums and products. */
import type { ReferenceKernel } from "./referenceMemory.ts";

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
