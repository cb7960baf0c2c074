/** Attention over caches around the panels of keys and the blocks of values that engines handle together. */
import { flagsOfMode, inPanels, type OperandMode, productFlags } from "../../src/kernels.ts";
import { roundOperand } from "../../src/reference/rounding.ts";
import type { KernelCase } from "./kernelCase.ts";
import { uniform } from "./testData.ts";

interface CachedShape {
  readonly capacity: number;
  readonly group: number;
  readonly keySize: number;
  readonly valueSize: number;
  readonly mode: OperandMode;
  /** Size of the scores: large ones leave most weights zero. */
  readonly size?: number;
}

const KEY_HEADS = 2;
const SLOTS = 3;

/** Slots in any order, some seen by several rows, one row left out. */
function rowsFor(capacity: number): { past: number[]; slots: number[] } {
  const past = [0, 15, 16, 31, 32, 63, 64, 99, capacity - 1].filter((position) => position < capacity);
  return { past: [...past, 0], slots: [...past.map((_, row) => (2 * row + 1) % SLOTS), -1] };
}

function cachedCase(shape: CachedShape): KernelCase<"attentionCached"> {
  const { capacity, group, keySize, valueSize, mode, size = 1 } = shape;
  const { past, slots } = rowsFor(capacity);
  const heads = KEY_HEADS * group;
  const rounded = (values: Float32Array): Float32Array => (mode === "bf16" ? values.map(roundOperand) : values);
  const [qRow, outputRow] = [heads * keySize + 3, heads * valueSize + 1];
  return {
    name: `context ${capacity}, group ${group}, sizes ${keySize}/${valueSize}, ${mode}, scores of size ${size}`,
    operands: (place) => ({
      q: place.input(uniform(past.length * qRow, 1, size)),
      keys: place.input(rounded(uniform(SLOTS * KEY_HEADS * keySize * inPanels(capacity), 2))),
      values: place.input(rounded(uniform(SLOTS * capacity * KEY_HEADS * valueSize, 3))),
      output: place.output(past.length * outputRow),
      past: place.integers(past),
      slots: place.integers(slots),
      ...{ qRow, outputRow, rows: past.length, capacity, heads, keyHeads: KEY_HEADS, keySize, valueSize },
      scale: 1 / Math.sqrt(keySize),
      flags: flagsOfMode[mode] & ~productFlags.roundB,
    }),
  };
}

export const attentionCachedCases = [1, 16, 70, 128, 200].flatMap((capacity) =>
  (["f32", "bf16"] as const).flatMap((mode) => [
    cachedCase({ capacity, mode, group: 1, keySize: 16, valueSize: 16 }),
    cachedCase({ capacity, mode, group: 3, keySize: 24, valueSize: 9 }),
    cachedCase({ capacity, mode, group: 1, keySize: 7, valueSize: 70 }),
    cachedCase({ capacity, mode, group: 2, keySize: 32, valueSize: 32, size: 200 }),
  ]),
);
