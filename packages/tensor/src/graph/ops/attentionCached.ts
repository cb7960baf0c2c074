/** Causal grouped-query attention of single query rows over caches (Vaswani et al. 2017; Ainslie et al. 2023), for decoding. */
import { flagsOfMode, productFlags } from "../../kernels.ts";
import { expectShape, type GraphBuilder, type Op, required } from "../op.ts";
import type { Value } from "../value.ts";

export interface CachedAttentionAttributes {
  readonly heads: number;
  /** Each key head serves heads / keyHeads query heads. */
  readonly keyHeads: number;
}

export const attentionCachedOp: Op<CachedAttentionAttributes> = {
  name: "attentionCached",
  outputs: (inputs, { heads, keyHeads }) => {
    const [q, keys, values] = [0, 1, 2].map((index) => required(inputs, index).shape) as [number[], number[], number[]];
    const keySize = keys[1]! / keyHeads;
    const fits = heads % keyHeads === 0 && heads * keySize <= q.at(-1)! && keys[2] === values[1];
    expectShape(fits, "attentionCached", inputs);
    return [{ shape: [q[0]!, (heads * values[2]!) / keyHeads], type: "f32" }];
  },
  emit({ program, mode, node, input, output }) {
    const { heads, keyHeads } = node.attributes;
    const [q, keys, values] = [0, 1, 2].map((index) => required(node.inputs, index).shape) as [
      number[],
      number[],
      number[],
    ];
    const keySize = keys[1]! / keyHeads;
    program.emit("attentionCached", {
      q: input(0),
      keys: input(1),
      values: input(2),
      past: input(3),
      slots: input(4),
      output: output(0),
      qRow: q[1]!,
      outputRow: node.outputs[0]!.shape[1]!,
      rows: q[0]!,
      capacity: keys[2]!,
      heads,
      keyHeads,
      keySize,
      valueSize: values[2]! / keyHeads,
      scale: Math.fround(1 / Math.sqrt(keySize)),
      flags: flagsOfMode[mode] & ~productFlags.roundB,
    });
  },
  // Every row may see the whole cache.
  flops: ({ inputs, attributes: { heads, keyHeads } }) => {
    const [keys, values] = [required(inputs, 1).shape, required(inputs, 2).shape];
    return (2 * required(inputs, 0).shape[0]! * heads * keys[2]! * (keys[1]! + values[2]!)) / keyHeads;
  },
};

export interface CachedSources {
  /** (rows, C): the queries are the first columns. */
  readonly q: Value;
  /** (slots, keyHeads * keySize, capacity), written across and rounded. */
  readonly keys: Value;
  /** (slots, capacity, keyHeads * valueSize), written rounded. */
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
