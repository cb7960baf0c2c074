/** Appends keys or values of new rows to a cache. */
import { inPanels, PANEL_COLUMNS } from "../kernels.ts";
import type { ReferenceKernel } from "./referenceMemory.ts";
import { roundOperand } from "./rounding.ts";

/**
 * Row t of sequence s goes to row past[s] + t of slot slots[s] (absent: s; -1: nowhere) of a cache (slots, heads, capacity, size),
 * or (slots, heads, capacity / 16 rounded up, size, 16) where `inPanels` is not 0. Rounded to bfloat16 where `round` is not 0.
 */
export const cacheWrite: ReferenceKernel<"cacheWrite"> = (memory, o) => {
  const [x, cache] = [memory.floats(o.x), memory.floats(o.cache)];
  const past = memory.integers(o.past);
  const slots = memory.optionalIntegers(o.slots);
  const capacity = o.inPanels === 0 ? o.capacity : inPanels(o.capacity);
  const placeOf = (position: number, c: number): number =>
    o.inPanels === 0 ? position * o.size + c : panelPlace(position, c, o.size);
  for (let s = 0; s < o.sequences; s++) {
    const slot = slots?.[s] ?? s;
    for (let t = 0; t < o.rows && slot >= 0; t++)
      for (let i = 0; i < o.heads * o.size; i++) {
        const value = x[(s * o.rows + t) * o.xRow + i]!;
        const part = (slot * o.heads + Math.floor(i / o.size)) * capacity * o.size;
        cache[part + placeOf(past[s]! + t, i % o.size)] = o.round === 0 ? value : roundOperand(value);
      }
  }
};

/** Where row i of column `column` stands in panels (column / 16, k, 16). */
export function panelPlace(column: number, i: number, k: number): number {
  const inside = column % PANEL_COLUMNS;
  return (column - inside) * k + i * PANEL_COLUMNS + inside;
}
