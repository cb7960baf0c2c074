/** Causal grouped-query attention (Vaswani et al. 2017; Ainslie et al. 2023) on column ranges of its sources. */
import { EngineError } from "../../engine.ts";
import { flagsOfMode } from "../../kernels.ts";
import { type EmitContext, expectShape, type GraphBuilder, type Inputs, type Node, type Op, required } from "../op.ts";
import { matrixSize, type Value } from "../value.ts";

export interface AttentionAttributes {
  readonly sequences: number;
  readonly heads: number;
  /** Each key head serves heads / keyHeads query heads. */
  readonly keyHeads: number;
  readonly keySize: number;
  readonly valueSize: number;
  /** First column of q, k and v in their sources. */
  readonly columns: { readonly q: number; readonly k: number; readonly v: number };
}

/** A float32 takes four bytes. */
const FLOAT_BYTES = 4;

function rowsOf(node: Node<AttentionAttributes>): number {
  return matrixSize(required(node.inputs, 0)).rows / node.attributes.sequences;
}

function widthOf(inputs: Inputs, index: number): number {
  return required(inputs, index).shape.at(-1)!;
}

/** Inputs 0, 1 and 2 are q, k and v, in the forward and the backward operation. */
function commonOperands({ mode, node, input }: EmitContext<AttentionAttributes>) {
  const { sequences, heads, keyHeads, keySize, valueSize, columns } = node.attributes;
  return {
    q: input(0) + columns.q * FLOAT_BYTES,
    k: input(1) + columns.k * FLOAT_BYTES,
    v: input(2) + columns.v * FLOAT_BYTES,
    qRow: widthOf(node.inputs, 0),
    kRow: widthOf(node.inputs, 1),
    vRow: widthOf(node.inputs, 2),
    outputRow: heads * valueSize,
    sequences,
    rows: rowsOf(node),
    keyRows: matrixSize(required(node.inputs, 1)).rows / sequences,
    heads,
    keyHeads,
    keySize,
    valueSize,
    scale: Math.fround(1 / Math.sqrt(keySize)),
    flags: flagsOfMode[mode],
  };
}

/** Query rows that the kernel handles together (ATTENTION_ROWS) and a bound on what packing adds to a row count. */
const BLOCK_ROWS = 96;
const PADDING = 32;
const THREAD_SCRATCH_FLOATS = (16 << 20) / FLOAT_BYTES;

/** A thread packs all keys and values of a head, twice for the backward pass; beyond its scratch there is no room for them. */
function requireScratch(inputs: Inputs, { sequences, keySize, valueSize }: AttentionAttributes): void {
  const keys = matrixSize(required(inputs, 1)).rows / sequences + PADDING;
  const perKey = 2 * (keySize + valueSize + PADDING) + 3 * BLOCK_ROWS;
  const block = 4 * BLOCK_ROWS * (keySize + valueSize + PADDING);
  if (keys * perKey + block <= THREAD_SCRATCH_FLOATS) return;
  const most = Math.floor((THREAD_SCRATCH_FLOATS - block) / perKey) - PADDING;
  const message = `attention over ${keys - PADDING} keys of size ${keySize} needs more scratch than a thread has; use a context of at most ${most}`;
  throw new EngineError("OUT_OF_MEMORY", message);
}

/** Half of the T x T positions are masked; each product costs 2 per element. */
function flopsOf(node: Node<AttentionAttributes>, products: number): number {
  const { heads, keySize, valueSize, sequences } = node.attributes;
  const rows = rowsOf(node);
  return (products * sequences * heads * rows * (rows + 1) * (keySize + valueSize)) / 2;
}

function sourcesOf(inputs: Inputs): readonly Value[] {
  return [...new Set([required(inputs, 0), required(inputs, 1), required(inputs, 2)])];
}

/** Inputs: q, k, v, output, statistics, dOutput. Outputs: the gradient of each distinct source. */
const attentionBackwardOp: Op<AttentionAttributes> = {
  name: "attentionBackward",
  outputs: (inputs) => sourcesOf(inputs).map(({ shape }) => ({ shape, type: "f32" })),
  emit(context) {
    const { program, node, input, output } = context;
    const { columns } = node.attributes;
    const sources = sourcesOf(node.inputs);
    const gradientOf = (index: number, column: number): number =>
      output(sources.indexOf(required(node.inputs, index))) + column * FLOAT_BYTES;
    const common = commonOperands(context);
    program.emit("attentionBackward", {
      ...common,
      output: input(3),
      statistics: input(4),
      dOutput: input(5),
      dQ: gradientOf(0, columns.q),
      dK: gradientOf(1, columns.k),
      dV: gradientOf(2, columns.v),
      dQRow: common.qRow,
      dKRow: common.kRow,
      dVRow: common.vRow,
    });
  },
  flops: (node) => flopsOf(node, 5),
};

export const attentionOp: Op<AttentionAttributes> = {
  name: "attention",
  outputs: (inputs, attributes) => {
    const { heads, keyHeads, valueSize } = attributes;
    const q = required(inputs, 0);
    requireScratch(inputs, attributes);
    expectShape(heads % keyHeads === 0, "attention", inputs);
    return [
      { shape: [...q.shape.slice(0, -1), heads * valueSize], type: "f32" },
      { shape: [...q.shape.slice(0, -1), heads, 2], type: "f32" },
    ];
  },
  emit(context) {
    const { program, output } = context;
    program.emit("attention", {
      ...commonOperands(context),
      output: output(0),
      statistics: output(1),
    });
  },
  backward({ graph, node, dTensor }) {
    const { heads, keyHeads, keySize, valueSize } = node.attributes;
    const [q, k, v] = node.inputs;
    const used = heads * keySize + keyHeads * (keySize + valueSize);
    const sources = sourcesOf(node.inputs);
    const covered = sources.reduce((sum, source) => sum + source.shape.at(-1)!, 0) === used;
    expectShape(covered, "attentionBackward", node.inputs);
    const inputs = [q, k, v, node.outputs[0], node.outputs[1], dTensor(0)];
    const gradients = graph.apply(attentionBackwardOp, inputs, node.attributes);
    return [q, k, v].map((source, i) => {
      const isFirst = node.inputs.indexOf(source) === i;
      return isFirst ? gradients[sources.indexOf(source!)] : undefined;
    });
  },
  flops: (node) => flopsOf(node, 2),
};

export interface AttentionSources {
  readonly q: Value;
  readonly k: Value;
  readonly v: Value;
}

/** q, k, v: (sequences * rows, C) column ranges -> (sequences * rows, heads * valueSize). */
export function attention(graph: GraphBuilder, sources: AttentionSources, attributes: AttentionAttributes): Value {
  return graph.apply(attentionOp, [sources.q, sources.k, sources.v], attributes)[0]!;
}
