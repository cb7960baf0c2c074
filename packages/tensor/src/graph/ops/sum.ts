/** Elementwise sum of two tensors. */
import { expectShape, type GraphBuilder, type Op, required } from "../op.ts";
import { elementCount, type Value } from "../value.ts";

export const sumOp: Op<null> = {
  name: "sum",
  outputs: (inputs) => {
    const a = required(inputs, 0);
    expectShape(required(inputs, 1).shape.join() === a.shape.join(), "sum", inputs);
    return [{ shape: a.shape, type: "f32" }];
  },
  emit({ program, node, input, output }) {
    const count = elementCount(node.outputs[0]!.shape);
    program.emit("add", { a: input(0), b: input(1), output: output(0), count });
  },
  backward: ({ dTensor }) => [dTensor(0), dTensor(0)],
  flops: (node) => elementCount(node.outputs[0]!.shape),
  inPlace: { output: 0, input: 0 },
};

/** a + b, equal shapes. */
export function sum(graph: GraphBuilder, a: Value, b: Value): Value {
  return graph.apply(sumOp, [a, b], null)[0]!;
}
