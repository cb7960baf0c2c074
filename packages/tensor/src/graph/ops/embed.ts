/** Rows of a table chosen by integer ids. */
import { expectShape, type GraphBuilder, type Op, required } from "../op.ts";
import { elementCount, matrixSize, type Value } from "../value.ts";

const embedBackwardOp: Op<{ readonly entries: number }> = {
  name: "embedBackward",
  outputs: ([, dOutput], { entries }) => [{ shape: [entries, dOutput!.shape.at(-1)!], type: "f32" }],
  emit({ program, node, input, output }) {
    const { rows, columns: width } = matrixSize(required(node.inputs, 1));
    const { entries } = node.attributes;
    program.emit("embedBackward", {
      ids: input(0),
      dOutput: input(1),
      addend: input(2),
      dTable: output(0),
      rows,
      width,
      entries,
    });
  },
  flops: (node) => elementCount(required(node.inputs, 1).shape),
};

export const embedOp: Op<null> = {
  name: "embed",
  outputs: (inputs) => {
    const ids = required(inputs, 0);
    const table = required(inputs, 1);
    expectShape(ids.type === "i32" && table.shape.length === 2, "embed", inputs);
    if (ids.bounds === undefined || ids.bounds.lowest < 0 || ids.bounds.beyond > table.shape[0]!)
      throw new Error("internal: ids of embed need bounds inside the table");
    return [{ shape: [...ids.shape, table.shape[1]!], type: "f32" }];
  },
  emit({ program, node, input, output }) {
    const { rows, columns: width } = matrixSize(node.outputs[0]!);
    program.emit("embed", { ids: input(0), table: input(1), output: output(0), rows, width });
  },
  backward({ graph, node, dTensor, takeSum }) {
    const entries = required(node.inputs, 1).shape[0]!;
    const [dTable] = graph.apply(embedBackwardOp, [node.inputs[0], dTensor(0), takeSum(1)], { entries });
    return [undefined, dTable];
  },
  flops: () => 0,
};

/** ids: (R) integers, table: (V, C) -> (R, C). */
export function embed(graph: GraphBuilder, ids: Value, table: Value): Value {
  return graph.apply(embedOp, [ids, table], null)[0]!;
}
