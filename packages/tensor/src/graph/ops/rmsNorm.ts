/** Root-mean-square norm over the last dimension, with a gain (Zhang and Sennrich 2019). */
import { expectShape, type GraphBuilder, type Op, required } from "../op.ts";
import { elementCount, matrixSize, type Value } from "../value.ts";

const rmsNormBackwardOp: Op<null> = {
  name: "rmsNormBackward",
  outputs: ([, x]) => [{ shape: x!.shape, type: "f32" }],
  emit({ program, node, input, output }) {
    const { rows, columns: width } = matrixSize(required(node.inputs, 1));
    program.emit("rmsNormBackward", {
      dOutput: input(0),
      x: input(1),
      gain: input(2),
      inverse: input(3),
      addend: input(4),
      dX: output(0),
      rows,
      width,
    });
  },
  flops: (node) => 8 * elementCount(required(node.inputs, 1).shape),
  inPlace: { output: 0, input: 4 },
};

const rmsNormGainBackwardOp: Op<null> = {
  name: "rmsNormGainBackward",
  outputs: ([, x]) => [{ shape: [x!.shape.at(-1)!], type: "f32" }],
  emit({ program, node, input, output }) {
    const { rows, columns: width } = matrixSize(required(node.inputs, 1));
    program.emit("rmsNormGainBackward", {
      dOutput: input(0),
      x: input(1),
      inverse: input(2),
      dGain: output(0),
      rows,
      width,
    });
  },
  flops: (node) => 3 * elementCount(required(node.inputs, 1).shape),
};

export const rmsNormOp: Op<{ readonly epsilon: number }> = {
  name: "rmsNorm",
  outputs: (inputs) => {
    const x = required(inputs, 0);
    expectShape(required(inputs, 1).shape.join() === `${x.shape.at(-1)}`, "rmsNorm", inputs);
    return [
      { shape: x.shape, type: "f32" },
      { shape: x.shape.slice(0, -1), type: "f32" },
    ];
  },
  emit({ program, node, input, output }) {
    const { rows, columns: width } = matrixSize(required(node.inputs, 0));
    const { epsilon } = node.attributes;
    program.emit("rmsNorm", {
      x: input(0),
      gain: input(1),
      output: output(0),
      inverse: output(1),
      rows,
      width,
      epsilon,
    });
  },
  backward({ graph, node, dTensor, takeSum }) {
    const [x, gain] = node.inputs;
    const inverse = node.outputs[1];
    const dOutput = dTensor(0);
    const [dGain] = graph.apply(rmsNormGainBackwardOp, [dOutput, x, inverse], null);
    const [dX] = graph.apply(rmsNormBackwardOp, [dOutput, x, gain, inverse, takeSum(0)], null);
    return [dX, dGain];
  },
  flops: (node) => 4 * elementCount(required(node.inputs, 0).shape),
};

/** x: (..., C), gain: (C) -> (..., C): x / sqrt(mean(x^2) + epsilon) * gain. */
export function rmsNorm(graph: GraphBuilder, x: Value, gain: Value, epsilon: number): Value {
  return graph.apply(rmsNormOp, [x, gain], { epsilon })[0]!;
}
