/** Appends columns of new rows to a key or value cache. */
import { expectShape, type GraphBuilder, type Op, required } from "../op.ts";
import { matrixSize, type Value } from "../value.ts";

export interface CacheWriteAttributes {
  readonly sequences: number;
  /** First column of x to take; the cache's width says how many. */
  readonly column: number;
}

export const cacheWriteOp: Op<CacheWriteAttributes> = {
  name: "cacheWrite",
  outputs: (inputs, { column }) => {
    const cache = required(inputs, 1);
    expectShape(column + cache.shape.at(-1)! <= required(inputs, 0).shape.at(-1)!, "cacheWrite", inputs);
    return [{ shape: cache.shape, type: "f32" }];
  },
  emit({ program, node, input }) {
    const { sequences, column } = node.attributes;
    const x = matrixSize(required(node.inputs, 0));
    const cache = matrixSize(required(node.inputs, 1));
    program.emit("cacheWrite", {
      x: input(0) + column * 4,
      cache: input(1),
      past: input(2),
      sequences,
      rows: x.rows / sequences,
      capacity: cache.rows / sequences,
      width: cache.columns,
      xRow: x.columns,
    });
  },
  flops: () => 0,
  changes: 1,
};

/** x: (sequences * rows, C), cache: (sequences * capacity, W), past: (sequences) -> the cache with the rows written. */
export function cacheWrite(
  graph: GraphBuilder,
  x: Value,
  target: { cache: Value; past: Value },
  attributes: CacheWriteAttributes,
): Value {
  return graph.apply(cacheWriteOp, [x, target.cache, target.past], attributes)[0]!;
}
