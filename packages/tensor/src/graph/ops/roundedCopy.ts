/** A weight made ready for many products: transposed if asked, operands rounded where the mode rounds them. */
import { type GraphBuilder, type Op, required } from "../op.ts";
import { elementCount, matrixSize, type Value } from "../value.ts";

export interface RoundedCopyAttributes {
  readonly transpose: boolean;
}

export const roundedCopyOp: Op<RoundedCopyAttributes> = {
  name: "roundedCopy",
  outputs: (inputs, { transpose }) => {
    const { rows, columns } = matrixSize(required(inputs, 0));
    return [{ shape: transpose ? [columns, rows] : [rows, columns], type: "f32" }];
  },
  emit({ program, mode, node, input, output }) {
    const source = matrixSize(required(node.inputs, 0));
    const { transpose } = node.attributes;
    program.emit("copyMatrix", {
      x: input(0),
      output: output(0),
      rows: transpose ? source.columns : source.rows,
      columns: transpose ? source.rows : source.columns,
      xRow: transpose ? 1 : source.columns,
      xColumn: transpose ? source.columns : 1,
      outputRow: transpose ? source.rows : source.columns,
      round: mode === "bf16" ? 1 : 0,
    });
  },
  flops: (node) => elementCount(node.outputs[0]!.shape),
};

/** x: (M, N) -> (M, N), or (N, M) when transposed. */
export function roundedCopy(graph: GraphBuilder, x: Value, transpose: boolean): Value {
  return graph.apply(roundedCopyOp, [x], { transpose })[0]!;
}
