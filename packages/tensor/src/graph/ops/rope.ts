/** Rotary position embedding of the first heads of a row (Su et al. 2021), rotate-half layout. */
import { expectShape, type GraphBuilder, type Op, required } from "../op.ts";
import { elementCount, matrixSize, type Value } from "../value.ts";

export interface RopeAttributes {
  /** Heads to rotate; columns beyond heads * headSize are left as they are. */
  readonly heads: number;
  readonly headSize: number;
  readonly rowsPerSequence: number;
  /** 1 forward, -1 backward. */
  readonly direction: 1 | -1;
}

export const ropeOp: Op<RopeAttributes> = {
  name: "rope",
  outputs: (inputs, { heads, headSize }) => {
    const x = required(inputs, 0);
    const cosines = required(inputs, 1);
    const fits = heads * headSize <= x.shape.at(-1)! && headSize % 2 === 0 && cosines.shape[1] === headSize / 2;
    expectShape(fits, "rope", inputs);
    return [{ shape: x.shape, type: "f32" }];
  },
  emit({ program, node, input, output }) {
    const { rows, columns: width } = matrixSize(required(node.inputs, 0));
    const addresses = { x: input(0), cosines: input(1), sines: input(2), past: input(3), output: output(0) };
    program.emit("rope", { ...addresses, rows, width, ...node.attributes });
  },
  backward({ graph, node, dTensor }) {
    const [, cosines, sines, past] = node.inputs;
    const back: RopeAttributes = { ...node.attributes, direction: node.attributes.direction === 1 ? -1 : 1 };
    return graph.apply(ropeOp, [dTensor(0), cosines, sines, past], back);
  },
  flops: (node) => 3 * elementCount(required(node.inputs, 0).shape),
  inPlace: { output: 0, input: 0 },
};

export interface RopeTables {
  /** (positions, headSize / 2) each. */
  readonly cosines: Value;
  readonly sines: Value;
  /** (sequences) integers: rows that each sequence has already seen; absent means none. */
  readonly past?: Value | undefined;
}

/** x: (sequences * rowsPerSequence, C) -> the same shape. */
export function rope(
  graph: GraphBuilder,
  x: Value,
  tables: RopeTables,
  attributes: Omit<RopeAttributes, "direction">,
): Value {
  const forward: RopeAttributes = { ...attributes, direction: 1 };
  return graph.apply(ropeOp, [x, tables.cosines, tables.sines, tables.past], forward)[0]!;
}
