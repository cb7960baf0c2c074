/**
 * Causal grouped-query attention of single query rows over caches of keys and values, as in decoding. Row r stands at
 * position past[r] of the text in slot slots[r] and sees its keys 0 ... past[r]; a row of slot -1 is left out.
 * keys: (slots, keyHeads * keySize, capacity), values: (slots, capacity, keyHeads * valueSize), rounded already where they need to be.
 */
import { softmax } from "./attention.ts";
import { dot } from "./product.ts";
import type { ReferenceKernel } from "./referenceMemory.ts";

const { fround } = Math;

export const attentionCached: ReferenceKernel<"attentionCached"> = (memory, o) => {
  const [q, keys, values] = [memory.floats(o.q), memory.floats(o.keys), memory.floats(o.values)];
  const output = memory.floats(o.output);
  const [past, slots] = [memory.integers(o.past), memory.integers(o.slots)];
  const valueRow = o.keyHeads * o.valueSize;
  for (let row = 0; row < o.rows; row++)
    for (let head = 0; head < o.heads; head++) {
      const slot = slots[row]!;
      if (slot < 0) continue;
      const keyHead = Math.floor(head / (o.heads / o.keyHeads));
      const query = { values: q, from: row * o.qRow + head * o.keySize, step: 1 };
      const firstKey = (slot * o.keyHeads + keyHead) * o.keySize * o.capacity;
      const scores = Float32Array.from({ length: past[row]! + 1 }, (_, j) => {
        const key = { values: keys, from: firstKey + j, step: o.capacity };
        return fround(dot(query, key, o.keySize, o.flags) * fround(o.scale));
      });
      const left = { values: softmax(scores).weights, from: 0, step: 1 };
      const firstValue = slot * o.capacity * valueRow + keyHead * o.valueSize;
      for (let c = 0; c < o.valueSize; c++) {
        const right = { values, from: firstValue + c, step: valueRow };
        output[row * o.outputRow + head * o.valueSize + c] = dot(left, right, scores.length, o.flags);
      }
    }
};
