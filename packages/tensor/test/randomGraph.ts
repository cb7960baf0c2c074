/** Random small networks with their gradients, for laws that must hold of every graph. */
import { gradients } from "../src/graph/gradients.ts";
import { Graph } from "../src/graph/graph.ts";
import { product } from "../src/graph/ops/product.ts";
import { rmsNorm } from "../src/graph/ops/rmsNorm.ts";
import { rope } from "../src/graph/ops/rope.ts";
import { scaled } from "../src/graph/ops/scaled.ts";
import { sum } from "../src/graph/ops/sum.ts";
import { swiglu } from "../src/graph/ops/swiglu.ts";
import { elementCount, type Value } from "../src/graph/value.ts";
import { philox4x32 } from "../src/random.ts";
import { fillNormal } from "../src/randomStream.ts";

const ROWS = 3;
const WIDTH = 4;
const OPERATIONS = 14;

export interface RandomGraph {
  readonly graph: Graph;
  /** A loss-like value and the gradients of all inputs that it depends on. */
  readonly outputs: readonly Value[];
  readonly fed: ReadonlyMap<Value, Float32Array>;
}

/** `recomputed`: some operations stand in segments that the backward pass computes again. */
export function randomGraph(seed: number, recomputed: boolean): RandomGraph {
  const graph = new Graph("f32");
  const fed = new Map<Value, Float32Array>();
  const input = (name: string, ...shape: number[]): Value => {
    const value = graph.input(name, shape);
    const data = new Float32Array(elementCount(shape));
    fillNormal(data, { seed, purpose: "canary" }, fed.size, 0.7);
    fed.set(value, data);
    return value;
  };
  const x = input("x", ROWS, WIDTH);
  const [w, wide, gain, factor] = [
    input("w", WIDTH, WIDTH),
    input("wide", WIDTH, 2 * WIDTH),
    input("gain", WIDTH),
    input("factor", 1),
  ];
  const tables = { cosines: input("cosines", ROWS, WIDTH / 2), sines: input("sines", ROWS, WIDTH / 2) };
  const steps: readonly ((a: Value, b: Value) => Value)[] = [
    (a, b) => sum(graph, a, b),
    (a) => sum(graph, a, a),
    (a, b) => product(graph, a, w, { addend: b }),
    (a, b) => sum(graph, rmsNorm(graph, a, gain, 1e-6), b),
    (a) => rmsNorm(graph, a, gain, 1e-6),
    (a) => swiglu(graph, product(graph, a, wide)),
    (a) => scaled(graph, a, factor),
    (a, b) => scaled(graph, a, b),
    (a) => rope(graph, a, tables, { heads: 1, headSize: WIDTH, rowsPerSequence: ROWS }),
    (a, b) => product(graph, product(graph, a, b, { transposeB: true }), b),
  ];
  const values = [x];
  for (let i = 0; i < OPERATIONS; i++) {
    const [which, first, second, segment] = philox4x32(seed, 0, i, 0, 0, 0);
    // The latest values are read more often, so that the graph is deep.
    const a = values[Math.max(0, values.length - 1 - (first % 3))]!;
    const b = values[second % values.length]!;
    const build = (): Value => steps[which % steps.length]!(a, b);
    values.push(recomputed && segment % 2 === 0 ? graph.recomputed(build) : build());
  }
  const last = rmsNorm(graph, sum(graph, values.at(-1)!, x), gain, 1e-6);
  const seedGradient = input("dLast", ROWS, WIDTH);
  const found = gradients(graph, new Map([[last, seedGradient]]), [x, gain]);
  return { graph, outputs: [last, ...found.values()], fed };
}
