/** Causal grouped-query attention of single query rows over caches (Vaswani et al. 2017; Ainslie et al. 2023), for decoding. */
import { flagsOfMode, inPanels, PANEL_COLUMNS, productFlags } from "../../kernels.ts";
import { expectShape, type GraphBuilder, type Inputs, type Op, required } from "../op.ts";
import type { Value } from "../value.ts";

export interface CachedAttentionAttributes {
  /** Query heads: each head of the caches serves several. */
  readonly heads: number;
}

interface Extent {
  readonly rows: number;
  readonly keyHeads: number;
  readonly capacity: number;
  readonly keySize: number;
  readonly valueSize: number;
}

/** keys: (slots, keyHeads, capacity / 16, keySize, 16), values: (slots, keyHeads, capacity, valueSize). */
function extentOf(inputs: Inputs, heads: number): Extent {
  const [rows, width] = required(inputs, 0).shape as [number, number];
  const [slots, keyHeads, panels, keySize] = required(inputs, 1).shape as [number, number, number, number];
  const [valueSlots, valueHeads, capacity, valueSize] = required(inputs, 2).shape as [number, number, number, number];
  const isOneCache = slots === valueSlots && keyHeads === valueHeads && panels === inPanels(capacity) / PANEL_COLUMNS;
  expectShape(isOneCache && heads % keyHeads === 0 && heads * keySize <= width, "attentionCached", inputs);
  return { rows, keyHeads, capacity, keySize, valueSize };
}

export const attentionCachedOp: Op<CachedAttentionAttributes> = {
  name: "attentionCached",
  outputs: (inputs, { heads }) => {
    const { rows, valueSize } = extentOf(inputs, heads);
    return [{ shape: [rows, heads * valueSize], type: "f32" }];
  },
  emit({ program, mode, node, input, output }) {
    const { heads } = node.attributes;
    const extent = extentOf(node.inputs, heads);
    program.emit("attentionCached", {
      q: input(0),
      keys: input(1),
      values: input(2),
      past: input(3),
      slots: input(4),
      output: output(0),
      qRow: required(node.inputs, 0).shape[1]!,
      outputRow: heads * extent.valueSize,
      ...extent,
      heads,
      scale: Math.fround(1 / Math.sqrt(extent.keySize)),
      flags: flagsOfMode[mode] & ~productFlags.roundB,
    });
  },
  // Every row may see the whole cache.
  flops: ({ inputs, attributes: { heads } }) => {
    const { rows, capacity, keySize, valueSize } = extentOf(inputs, heads);
    return 2 * rows * heads * capacity * (keySize + valueSize);
  },
};

export interface CachedSources {
  /** (rows, C): the queries are the first columns. */
  readonly q: Value;
  /** (slots, keyHeads, capacity / 16 rounded up, keySize, 16), written in panels and rounded. */
  readonly keys: Value;
  /** (slots, keyHeads, capacity, valueSize), written rounded. */
  readonly values: Value;
  /** (rows) integers: where each row stands in its text. */
  readonly past: Value;
  /** (rows) integers: which slot each row reads; -1 for a row that is left out. */
  readonly slots: Value;
}

/** -> (rows, heads * valueSize). */
export function attentionCached(
  graph: GraphBuilder,
  { q, keys, values, past, slots }: CachedSources,
  attributes: CachedAttentionAttributes,
): Value {
  return graph.apply(attentionCachedOp, [q, keys, values, past, slots], attributes)[0]!;
}
