/** Mean softmax cross entropy against integer targets; its gradient is computed in the same pass. */
import { expectShape, type GraphBuilder, type Op, required } from "../op.ts";
import { matrixSize, type Value } from "../value.ts";
import { scaled } from "./scaled.ts";

/** Outputs: mean (2) = [loss, counted rows], loss of each row, gradient of the mean with respect to the logits. */
export const crossEntropyOp: Op<null> = {
  name: "crossEntropy",
  outputs: (inputs) => {
    const logits = required(inputs, 0);
    const targets = required(inputs, 1);
    const { rows, columns } = matrixSize(logits);
    expectShape(
      targets.type === "i32" && matrixSize(targets).rows * targets.shape.at(-1)! === rows,
      "crossEntropy",
      inputs,
    );
    if (targets.bounds === undefined || targets.bounds.lowest < -1 || targets.bounds.beyond > columns)
      throw new Error("internal: targets need bounds from -1 to the number of classes");
    return [
      { shape: [2], type: "f32" },
      { shape: [rows], type: "f32" },
      { shape: logits.shape, type: "f32" },
    ];
  },
  emit({ program, node, input, output }) {
    const { rows, columns: classes } = matrixSize(required(node.inputs, 0));
    const targets = input(1);
    program.emit("crossEntropy", { logits: input(0), targets, losses: output(1), dLogits: output(2), rows, classes });
    program.emit("crossEntropyMean", { losses: output(1), targets, mean: output(0), rows });
  },
  backward({ graph, node, dOutput }) {
    const upstream = dOutput(0);
    const dLogits = node.outputs[2]!;
    if (upstream === undefined) return [undefined];
    return [upstream === "one" ? dLogits : scaled(graph, dLogits, upstream)];
  },
  flops: (node) => {
    const { rows, columns } = matrixSize(required(node.inputs, 0));
    return 12 * rows * columns;
  },
  inPlace: { output: 2, input: 0 },
};

/** logits: (R, V), targets: (R) integers, -1 = ignored -> (2): mean loss in nats, number of counted rows. */
export function crossEntropy(graph: GraphBuilder, logits: Value, targets: Value): Value {
  return graph.apply(crossEntropyOp, [logits, targets], null)[0]!;
}
