/** Products with weights that were packed beforehand, in panels (columns / 16 rounded up, k, 16). Spec: spec/arithmetic.md#R1, #R3. */
import { inPanels, PANEL_COLUMNS } from "../kernels.ts";
import { panelPlace } from "./cacheWrite.ts";
import { dot } from "./product.ts";
import type { ReferenceKernel } from "./referenceMemory.ts";
import { roundOperand } from "./rounding.ts";

const { fround } = Math;

/** Column c of panels is x[i * xK + c * xColumn], rounded to bfloat16 where `round` is not 0; zero beyond the last one. */
export const packWeight: ReferenceKernel<"packWeight"> = (memory, o) => {
  const [x, panels] = [memory.floats(o.x), memory.floats(o.panels)];
  for (let c = 0; c < inPanels(o.columns); c++)
    for (let i = 0; i < o.k; i++) {
      const value = c < o.columns ? x[i * o.xK + c * o.xColumn]! : 0;
      panels[panelPlace(c, i, o.k)] = o.round === 0 ? value : roundOperand(value);
    }
};

/** c = a times the packed weight, then + addend. a: (rows, k), c: (rows, columns). */
export const productPacked: ReferenceKernel<"productPacked"> = (memory, o) => {
  const [a, panels, c] = [memory.floats(o.a), memory.floats(o.panels), memory.floats(o.c)];
  const addend = memory.optionalFloats(o.addend);
  for (let row = 0; row < o.rows; row++)
    for (let column = 0; column < o.columns; column++) {
      const right = { values: panels, from: panelPlace(column, 0, o.k), step: PANEL_COLUMNS };
      const sum = dot({ values: a, from: row * o.k, step: 1 }, right, o.k, o.flags);
      const at = row * o.columns + column;
      c[at] = addend === undefined ? sum : fround(sum + addend[at]!);
    }
};
