/** A tensor times one number that is known only at run time. */
import { type GraphBuilder, type Op, required } from "../op.ts";
import { elementCount, type Value } from "../value.ts";

export const scaledOp: Op<null> = {
  name: "scaled",
  outputs: ([x]) => [{ shape: x!.shape, type: "f32" }],
  emit({ program, node, input, output }) {
    const count = elementCount(required(node.inputs, 0).shape);
    program.emit("scale", { x: input(0), factor: input(1), output: output(0), count });
  },
  backward({ graph, node, dTensor }) {
    return [scaled(graph, dTensor(0), required(node.inputs, 1)), undefined];
  },
  flops: (node) => elementCount(node.outputs[0]!.shape),
  inPlace: { output: 0, input: 0 },
};

/** x: any shape, factor: its first element is used, and is constant to the gradient -> the shape of x. */
export function scaled(graph: GraphBuilder, x: Value, factor: Value): Value {
  return graph.apply(scaledOp, [x, factor], null)[0]!;
}
