/** Appends columns of new rows to a cache of keys or values. */
import { expectShape, type GraphBuilder, type Op, required } from "../op.ts";
import { matrixSize, type Value } from "../value.ts";

export interface CacheWriteAttributes {
  readonly sequences: number;
  /** First column of x to take; the cache's width says how many. */
  readonly column: number;
  /** The cache is (slots, heads, capacity / 16, size, 16), for keys, instead of (slots, heads, capacity, size). */
  readonly inPanels: boolean;
  /** Rounds as products of the graph's mode do, once for all later reads. */
  readonly round: boolean;
}

function extentOf({ shape }: Value, { inPanels }: CacheWriteAttributes) {
  const [, heads, rows, columns, lanes = 1] = shape as [number, number, number, number, number?];
  return inPanels ? { heads, size: columns, capacity: rows * lanes } : { heads, size: columns, capacity: rows };
}

export const cacheWriteOp: Op<CacheWriteAttributes> = {
  name: "cacheWrite",
  outputs: (inputs, attributes) => {
    const cache = required(inputs, 1);
    const { heads, size } = extentOf(cache, attributes);
    const isCache = cache.shape.length === (attributes.inPanels ? 5 : 4);
    const fits = isCache && attributes.column + heads * size <= required(inputs, 0).shape.at(-1)!;
    expectShape(fits, "cacheWrite", inputs);
    return [{ shape: cache.shape, type: "f32" }];
  },
  emit({ program, mode, node, input }) {
    const { sequences, column, inPanels, round } = node.attributes;
    const x = matrixSize(required(node.inputs, 0));
    program.emit("cacheWrite", {
      x: input(0) + column * 4,
      cache: input(1),
      past: input(2),
      slots: input(3),
      sequences,
      rows: x.rows / sequences,
      ...extentOf(required(node.inputs, 1), node.attributes),
      xRow: x.columns,
      inPanels: inPanels ? 1 : 0,
      round: round && mode === "bf16" ? 1 : 0,
    });
  },
  flops: () => 0,
  changes: 1,
};

/** Where rows go: past and slots are (sequences) integers; without slots, sequence is slot. */
export interface CachePlace {
  readonly cache: Value;
  readonly past: Value;
  readonly slots?: Value | undefined;
}

/** x: (sequences * rows, C) -> the cache with the rows written after the `past` earlier ones of each sequence. */
export function cacheWrite(
  graph: GraphBuilder,
  x: Value,
  { cache, past, slots }: CachePlace,
  attributes: CacheWriteAttributes,
): Value {
  return graph.apply(cacheWriteOp, [x, cache, past, slots], attributes)[0]!;
}
