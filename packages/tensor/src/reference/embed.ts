/** Rows of a table by id, and the gradient of the table. */
import type { ReferenceKernel } from "./referenceMemory.ts";

const { fround } = Math;

/** output[r] = table[ids[r]]. ids: (rows), table: (entries, width), output: (rows, width). */
export const embed: ReferenceKernel<"embed"> = (memory, o) => {
  const ids = memory.integers(o.ids);
  const table = memory.floats(o.table);
  const output = memory.floats(o.output);
  for (let r = 0; r < o.rows; r++)
    for (let c = 0; c < o.width; c++) output[r * o.width + c] = table[ids[r]! * o.width + c]!;
};

/** dTable[id] = sum of dOutput[r] over the rows r that have this id, ascending, then + addend[id]. */
export const embedBackward: ReferenceKernel<"embedBackward"> = (memory, o) => {
  const ids = memory.integers(o.ids);
  const dOutput = memory.floats(o.dOutput);
  const addend = memory.optionalFloats(o.addend);
  const dTable = memory.floats(o.dTable);
  for (let id = 0; id < o.entries; id++)
    for (let c = 0; c < o.width; c++) {
      let sum = 0;
      for (let r = 0; r < o.rows; r++) if (ids[r] === id) sum = fround(sum + dOutput[r * o.width + c]!);
      const at = id * o.width + c;
      dTable[at] = addend === undefined ? sum : fround(sum + addend[at]!);
    }
};
