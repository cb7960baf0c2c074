/** Products of 8-bit integers for serving (rule A6): weights quantized once, activations row by row. */
import { expectShape, type GraphBuilder, type Op, required } from "../op.ts";
import { elementCount, matrixSize, type Value } from "../value.ts";

export interface QuantizeAttributes {
  /** Quantize columns instead of rows: a weight (K, N) becomes (N, K), as productInt8 reads it. */
  readonly transpose: boolean;
}

export const quantizeOp: Op<QuantizeAttributes> = {
  name: "quantize",
  outputs: (inputs, { transpose }) => {
    const { rows, columns } = matrixSize(required(inputs, 0));
    return [
      { shape: transpose ? [columns, rows] : [rows, columns], type: "i8" },
      { shape: [transpose ? columns : rows], type: "f32" },
    ];
  },
  emit({ program, node, input, output }) {
    const source = matrixSize(required(node.inputs, 0));
    const { transpose } = node.attributes;
    program.emit("quantizeRows", {
      x: input(0),
      q: output(0),
      steps: output(1),
      rows: transpose ? source.columns : source.rows,
      width: transpose ? source.rows : source.columns,
      xRow: transpose ? 1 : source.columns,
      xColumn: transpose ? source.columns : 1,
    });
  },
  flops: (node) => 3 * elementCount(node.outputs[0]!.shape),
};

export interface Quantized {
  /** (rows, k) of int8. */
  readonly values: Value;
  /** (rows): value = integer * step. */
  readonly steps: Value;
}

/** x: (M, N) -> rows of int8 with one step each. */
export function quantize(graph: GraphBuilder, x: Value, transpose: boolean): Quantized {
  const [values, steps] = graph.apply(quantizeOp, [x], { transpose });
  return { values: values!, steps: steps! };
}

export const productInt8Op: Op<null> = {
  name: "productInt8",
  outputs: (inputs) => {
    const a = required(inputs, 0);
    const b = required(inputs, 2);
    expectShape(a.type === "i8" && b.type === "i8" && a.shape[1] === b.shape[1], "productInt8", inputs);
    return [{ shape: [a.shape[0]!, b.shape[0]!], type: "f32" }];
  },
  emit({ program, node, input, output }) {
    const [rows, k] = required(node.inputs, 0).shape as [number, number];
    const addresses = { a: input(0), aSteps: input(1), b: input(2), bSteps: input(3), addend: input(4), c: output(0) };
    program.emit("productInt8", { ...addresses, rows, columns: required(node.inputs, 2).shape[0]!, k });
  },
  flops: (node) => 2 * elementCount(node.outputs[0]!.shape) * required(node.inputs, 0).shape[1]!,
};

/** a: (M, K), b: (N, K) -> (M, N) = a b^T + addend. */
export function productInt8(graph: GraphBuilder, a: Quantized, b: Quantized, addend?: Value): Value {
  return graph.apply(productInt8Op, [a.values, a.steps, b.values, b.steps, addend], null)[0]!;
}
