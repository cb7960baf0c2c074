/** Products with weights that are packed once for many products: transposed if asked, rounded where the mode rounds operands. */
import { EngineError } from "../../engine.ts";
import { flagsOfMode, inPanels, PANEL_COLUMNS, productFlags } from "../../kernels.ts";
import { expectShape, type GraphBuilder, type Op, required } from "../op.ts";
import { elementCount, matrixSize, type Value } from "../value.ts";

export interface PackWeightAttributes {
  readonly transpose: boolean;
}

export const packWeightOp: Op<PackWeightAttributes> = {
  name: "packWeight",
  outputs: (inputs, { transpose }) => {
    const { rows, columns } = matrixSize(required(inputs, 0));
    const [k, packed] = transpose ? [columns, rows] : [rows, columns];
    return [{ shape: [inPanels(packed) / PANEL_COLUMNS, k, PANEL_COLUMNS], type: "f32" }];
  },
  emit({ program, mode, node, input, output }) {
    const { rows, columns } = matrixSize(required(node.inputs, 0));
    const extent = node.attributes.transpose
      ? { k: columns, columns: rows, xK: 1, xColumn: columns }
      : { k: rows, columns, xK: columns, xColumn: 1 };
    program.emit("packWeight", { x: input(0), panels: output(0), ...extent, round: mode === "bf16" ? 1 : 0 });
  },
  flops: (node) => elementCount(node.outputs[0]!.shape),
};

/** x: (K, N), or (N, K) when transposed -> panels (N / 16 rounded up, K, 16). */
export function packWeight(graph: GraphBuilder, x: Value, transpose: boolean): Value {
  return graph.apply(packWeightOp, [x], { transpose })[0]!;
}

/** A thread packs all rows of the left operand (up to 23 more are added) into its scratch. */
const THREAD_SCRATCH_FLOATS = (16 << 20) / 4;
const PADDING = 24;

export interface PackedProductAttributes {
  readonly columns: number;
}

export const productPackedOp: Op<PackedProductAttributes> = {
  name: "productPacked",
  outputs: (inputs, { columns }) => {
    const { rows, columns: k } = matrixSize(required(inputs, 0));
    const [panels, depth] = required(inputs, 1).shape;
    expectShape(depth === k && panels === inPanels(columns) / PANEL_COLUMNS, "productPacked", inputs);
    if ((rows + PADDING) * k > THREAD_SCRATCH_FLOATS) {
      const message = `a product of ${rows} rows of ${k} needs more scratch than a thread has; use a narrower model`;
      throw new EngineError("OUT_OF_MEMORY", message);
    }
    return [{ shape: [rows, columns], type: "f32" }];
  },
  emit({ program, mode, node, input, output }) {
    const { rows, columns: k } = matrixSize(required(node.inputs, 0));
    const operands = { a: input(0), panels: input(1), addend: input(2), c: output(0) };
    const flags = flagsOfMode[mode] & ~productFlags.roundB;
    program.emit("productPacked", { ...operands, rows, k, columns: node.attributes.columns, flags });
  },
  flops: (node) => 2 * elementCount(node.outputs[0]!.shape) * matrixSize(required(node.inputs, 0)).columns,
};

/** A packed weight of so many columns. */
export interface Packed {
  readonly panels: Value;
  readonly columns: number;
}

/** a: (M, K) times packed (K, N), + addend -> (M, N). */
export function productPacked(graph: GraphBuilder, a: Value, { panels, columns }: Packed, addend?: Value): Value {
  return graph.apply(productPackedOp, [a, panels, addend], { columns })[0]!;
}
