/**
 * Causal grouped-query attention of single query rows over caches of keys and values, as in decoding. Row r stands at
 * position past[r] of the text in slot slots[r] and sees its keys 0 ... past[r]; a row of slot -1 is left out.
 * keys: (slots, keyHeads, capacity / 16 rounded up, keySize, 16), values: (slots, keyHeads, capacity, valueSize); both rounded
 * already where they need to be.
 */
import { inPanels, PANEL_COLUMNS } from "../kernels.ts";
import { softmax } from "./attention.ts";
import { panelPlace } from "./cacheWrite.ts";
import { dot } from "./product.ts";
import type { ReferenceKernel } from "./referenceMemory.ts";

const { fround } = Math;

export const attentionCached: ReferenceKernel<"attentionCached"> = (memory, o) => {
  const [q, keys, values] = [memory.floats(o.q), memory.floats(o.keys), memory.floats(o.values)];
  const output = memory.floats(o.output);
  const [past, slots] = [memory.integers(o.past), memory.integers(o.slots)];
  for (let row = 0; row < o.rows; row++)
    for (let head = 0; head < o.heads; head++) {
      const slot = slots[row]!;
      if (slot < 0) continue;
      const keyHead = Math.floor(head / (o.heads / o.keyHeads));
      const query = { values: q, from: row * o.qRow + head * o.keySize, step: 1 };
      const part = slot * o.keyHeads + keyHead;
      const firstKey = part * inPanels(o.capacity) * o.keySize;
      const scores = Float32Array.from({ length: past[row]! + 1 }, (_, j) => {
        const key = { values: keys, from: firstKey + panelPlace(j, 0, o.keySize), step: PANEL_COLUMNS };
        return fround(dot(query, key, o.keySize, o.flags) * fround(o.scale));
      });
      const left = { values: softmax(scores).weights, from: 0, step: 1 };
      const firstValue = part * o.capacity * o.valueSize;
      for (let c = 0; c < o.valueSize; c++) {
        const right = { values, from: firstValue + c, step: o.valueSize };
        output[row * o.outputRow + head * o.valueSize + c] = dot(left, right, scores.length, o.flags);
      }
    }
};
