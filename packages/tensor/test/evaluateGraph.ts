/** Runs a graph once or many times on given inputs; the plain way to look at what operations compute. */
import type { Engine } from "../src/engine.ts";
import type { Graph } from "../src/graph/graph.ts";
import { neededNodes } from "../src/graph/liveness.ts";
import { Plan } from "../src/graph/plan.ts";
import type { Value } from "../src/graph/value.ts";
import { ReferenceEngine } from "../src/reference/referenceEngine.ts";

export type Fed = ReadonlyMap<Value, ArrayLike<number>>;

/** Writes one input; integers are checked against its bounds. */
export function feed(plan: Plan, value: Value, data: ArrayLike<number>): void {
  if (value.type === "i32") plan.writeIntegers(value, data);
  else plan.floats(value).set(data);
}

/** Copies of the outputs after one run. Inputs that the outputs do not depend on may be among those fed. */
export function evaluateGraph(
  graph: Graph,
  outputs: readonly Value[],
  fed: Fed,
  engine: Engine = new ReferenceEngine(),
): readonly Float32Array[] {
  const plan = new Plan(engine, graph, { outputs, bind: () => undefined });
  const read = new Set([...outputs, ...neededNodes(graph, outputs).flatMap(({ inputs }) => inputs)]);
  for (const [value, data] of fed) if (read.has(value)) feed(plan, value, data);
  plan.run();
  return outputs.map((output) => plan.floats(output).slice());
}

/** Largest difference, as a share of the largest expected magnitude. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let size = 0;
  for (let i = 0; i < expected.length; i++) {
    const gap = Math.abs(actual[i]! - expected[i]!);
    // Written so that a NaN counts as wrong.
    if (!(gap <= difference)) difference = Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap;
    size = Math.max(size, Math.abs(expected[i]!));
  }
  return size === 0 ? difference : difference / size;
}
