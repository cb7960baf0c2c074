/** Matrix product, plain or batched over leading dimensions, with optional transposes and an addend. */
import { flagsOfMode } from "../../kernels.ts";
import { expectShape, type GraphBuilder, type Inputs, type Node, type Op, required } from "../op.ts";
import { elementCount, type TensorSpec, type Value } from "../value.ts";

export interface ProductAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

interface Extent {
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  readonly k: number;
}

/** A tensor of rank 3 is a batch of matrices; of rank 2, one matrix. */
function extentOf(inputs: Inputs, attributes: ProductAttributes): Extent {
  const a = required(inputs, 0).shape;
  const b = required(inputs, 1).shape;
  const [aRows, aColumns] = a.slice(-2) as [number, number];
  const [bRows, bColumns] = b.slice(-2) as [number, number];
  const rows = attributes.transposeA ? aColumns : aRows;
  const k = attributes.transposeA ? aRows : aColumns;
  const columns = attributes.transposeB ? bRows : bColumns;
  const batch = elementCount(a.slice(0, -2));
  const fits = k === (attributes.transposeB ? bColumns : bRows) && batch === elementCount(b.slice(0, -2));
  expectShape(fits && a.length === b.length, "product", inputs);
  return { batch, rows, columns, k };
}

function outputSpec(inputs: Inputs, attributes: ProductAttributes): TensorSpec {
  const { rows, columns } = extentOf(inputs, attributes);
  const shape = [...required(inputs, 0).shape.slice(0, -2), rows, columns];
  const addend = inputs[2];
  expectShape(addend === undefined || addend.shape.join() === shape.join(), "product", inputs);
  return { shape, type: "f32" };
}

export const productOp: Op<ProductAttributes> = {
  name: "product",
  outputs: (inputs, attributes) => [outputSpec(inputs, attributes)],
  emit({ program, mode, node, input, output }) {
    const { transposeA, transposeB } = node.attributes;
    const { batch, rows, columns, k } = extentOf(node.inputs, node.attributes);
    program.emit("product", {
      a: input(0),
      b: input(1),
      addend: input(2),
      c: output(0),
      rows,
      columns,
      k,
      aRow: transposeA ? 1 : k,
      aK: transposeA ? rows : 1,
      bK: transposeB ? 1 : columns,
      bColumn: transposeB ? k : 1,
      cRow: columns,
      batch,
      aBatch: rows * k,
      bBatch: k * columns,
      cBatch: rows * columns,
      flags: flagsOfMode[mode],
    });
  },
  backward({ graph, node, dTensor, takeSum }) {
    const { transposeA, transposeB } = node.attributes;
    const a = required(node.inputs, 0);
    const b = required(node.inputs, 1);
    const dC = dTensor(0);
    const sumA = takeSum(0);
    const dA = transposeA
      ? product(graph, b, dC, { transposeA: transposeB, transposeB: true, addend: sumA })
      : product(graph, dC, b, { transposeB: !transposeB, addend: sumA });
    const sumB = takeSum(1);
    const dB = transposeB
      ? product(graph, dC, a, { transposeA: true, transposeB: transposeA, addend: sumB })
      : product(graph, a, dC, { transposeA: !transposeA, addend: sumB });
    return [dA, dB, node.inputs[2] && dC];
  },
  flops: (node: Node<ProductAttributes>) => {
    const { batch, rows, columns, k } = extentOf(node.inputs, node.attributes);
    return 2 * batch * rows * columns * k;
  },
};

export interface ProductOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  readonly addend?: Value | undefined;
}

/** op(a) op(b) + addend, a: (..., M, K), b: (..., K, N) -> (..., M, N). Rules A1 and A3 of spec/arithmetic.md. */
export function product(graph: GraphBuilder, a: Value, b: Value, options: ProductOptions = {}): Value {
  const { transposeA = false, transposeB = false, addend } = options;
  return graph.apply(productOp, [a, b, addend], { transposeA, transposeB })[0]!;
}
