/** SwiGLU on fused projections [gate | up] (Shazeer 2020). */
import { expectShape, type GraphBuilder, type Op, required } from "../op.ts";
import { elementCount, matrixSize, type Value } from "../value.ts";

const swigluBackwardOp: Op<null> = {
  name: "swigluBackward",
  outputs: ([, x]) => [{ shape: x!.shape, type: "f32" }],
  emit({ program, node, input, output }) {
    const { rows, columns: width } = matrixSize(required(node.inputs, 0));
    program.emit("swigluBackward", { dOutput: input(0), x: input(1), dX: output(0), rows, width });
  },
  flops: (node) => 12 * elementCount(required(node.inputs, 0).shape),
};

export const swigluOp: Op<null> = {
  name: "swiglu",
  outputs: (inputs) => {
    const x = required(inputs, 0);
    expectShape(x.shape.at(-1)! % 2 === 0, "swiglu", inputs);
    return [{ shape: [...x.shape.slice(0, -1), x.shape.at(-1)! / 2], type: "f32" }];
  },
  emit({ program, node, input, output }) {
    const { rows, columns: width } = matrixSize(node.outputs[0]!);
    program.emit("swiglu", { x: input(0), output: output(0), rows, width });
  },
  backward({ graph, node, dTensor }) {
    return graph.apply(swigluBackwardOp, [dTensor(0), node.inputs[0]], null);
  },
  flops: (node) => 10 * elementCount(node.outputs[0]!.shape),
};

/** x: (..., 2F) = [gate | up] -> (..., F): gate * sigmoid(gate) * up. */
export function swiglu(graph: GraphBuilder, x: Value): Value {
  return graph.apply(swigluOp, [x], null)[0]!;
}
