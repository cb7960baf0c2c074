import { describe, expect, test } from "vitest";
import { evaluateGraph, feed } from "../../test/evaluateGraph.ts";
import { type RandomGraph, randomGraph } from "../../test/randomGraph.ts";
import { ReferenceEngine } from "../reference/referenceEngine.ts";
import { Graph } from "./graph.ts";
import { neededNodes } from "./liveness.ts";
import { cacheWrite } from "./ops/cacheWrite.ts";
import { embed } from "./ops/embed.ts";
import { product } from "./ops/product.ts";
import { scaled } from "./ops/scaled.ts";
import { sum } from "./ops/sum.ts";
import { Plan } from "./plan.ts";
import { sizeInBytes, type Value } from "./value.ts";

const unbound = (): undefined => undefined;
const seeds = Array.from({ length: 60 }, (_, seed) => seed);

interface Life {
  readonly value: Value;
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

/** When and where each value of a plan lives, found without the planner's own bookkeeping. */
function livesIn(plan: Plan, { graph, outputs }: RandomGraph): readonly Life[] {
  const nodes = neededNodes(graph, outputs);
  const values = new Set(nodes.flatMap((node) => [...node.inputs, ...node.outputs]));
  return [...values].flatMap((value) => {
    if (value === undefined) return [];
    const start = plan.floats(value).byteOffset;
    const uses = nodes.flatMap((node, i) => (node.inputs.includes(value) || node.outputs.includes(value) ? [i] : []));
    const isInput = value.role === "input";
    const isHeld = isInput || outputs.includes(value);
    const [from, to] = [isInput ? -1 : uses[0]!, isHeld ? nodes.length : uses.at(-1)!];
    return [{ value, from, to, start, end: start + sizeInBytes(value) }];
  });
}

/** A value may take over the storage of one that the very node which makes it reads for the last time. */
function mayShare(earlier: Life, later: Life, { graph, outputs }: RandomGraph): boolean {
  const node = neededNodes(graph, outputs)[later.from]!;
  const { inPlace } = node.op;
  if (inPlace === undefined || earlier.to !== later.from || earlier.start !== later.start) return false;
  const roles = node.inputs.filter((input) => input === earlier.value).length;
  return roles === 1 && node.inputs[inPlace.input] === earlier.value && node.outputs[inPlace.output] === later.value;
}

function conflictsOf(lives: readonly Life[], random: RandomGraph): readonly string[] {
  const conflicts: string[] = [];
  for (const a of lives)
    for (const b of lives) {
      const isOrdered = a.from < b.from || (a.from === b.from && a.value.id < b.value.id);
      const meet = b.from <= a.to && a.start < b.end && b.start < a.end;
      if (isOrdered && meet && !mayShare(a, b, random)) conflicts.push(`${a.value.name}/${b.value.name} at ${b.from}`);
    }
  return conflicts;
}

describe("storage in a plan", () => {
  test("two values that live at the same time never overlap, in random graphs", () => {
    let shared = 0;
    for (const seed of seeds) {
      const random = randomGraph(seed, seed % 2 === 1);
      const plan = new Plan(new ReferenceEngine(), random.graph, { outputs: random.outputs, bind: unbound });
      const lives = livesIn(plan, random);
      expect(conflictsOf(lives, random), `seed ${seed}`).toEqual([]);
      shared += lives.length - new Set(lives.map(({ start }) => start)).size;
    }
    // Otherwise nothing would have been shown.
    expect(shared).toBeGreaterThan(seeds.length * 5);
  });

  test("sharing storage and working in place never change a result, in random graphs", () => {
    for (const seed of seeds) {
      const { graph, outputs, fed } = randomGraph(seed, seed % 2 === 1);
      const needed = neededNodes(graph, outputs).flatMap((node) => node.outputs);
      const everything = [...new Set([...outputs, ...needed])];
      const kept = evaluateGraph(graph, everything, fed).slice(0, outputs.length);
      expect(kept.every((values) => values.every(Number.isFinite))).toBe(true);
      expect(evaluateGraph(graph, outputs, fed), `seed ${seed}`).toEqual(kept);
    }
  });

  test("an operation does not work in place on a tensor that it reads in another role too", () => {
    const graph = new Graph("f32");
    const x = graph.input("x", [4]);
    const double = sum(graph, x, x);
    const squared = scaled(graph, double, double);
    const plan = new Plan(new ReferenceEngine(), graph, { outputs: [squared], bind: unbound });
    expect(plan.floats(squared).byteOffset).not.toBe(plan.floats(double).byteOffset);
    plan.floats(x).set([1, 2, 3, 4]);
    plan.run();
    expect([...plan.floats(squared)]).toEqual([4, 8, 12, 16]);
  });

  test("inputs keep their values over runs", () => {
    const graph = new Graph("f32");
    const x = graph.input("x", [2, 2]);
    const y = sum(graph, sum(graph, x, x), x);
    const plan = new Plan(new ReferenceEngine(), graph, { outputs: [y], bind: unbound });
    plan.floats(x).set([1, 2, 3, 4]);
    for (let run = 0; run < 3; run++) {
      plan.run();
      expect([...plan.floats(y)]).toEqual([3, 6, 9, 12]);
    }
    expect([...plan.floats(x)]).toEqual([1, 2, 3, 4]);
  });

  test("what the outputs do not depend on is neither computed nor stored", () => {
    const graph = new Graph("f32");
    const x = graph.input("x", [64, 64]);
    const wanted = sum(graph, x, x);
    const unwanted = product(graph, wanted, x);
    const outputs = [wanted];
    const plan = new Plan(new ReferenceEngine(), graph, { outputs, bind: unbound });
    expect(plan.bytes).toBe(2 * sizeInBytes(x));
    expect(plan.flops).toBe(64 * 64);
    expect(() => plan.floats(unwanted)).toThrow("internal: the plan does not hold product");
  });
});

describe("places given by the caller", () => {
  test("are used for parameters and outputs, and take no room in the plan", () => {
    const engine = new ReferenceEngine();
    const graph = new Graph("f32");
    const w = graph.parameter("w", [2, 2]);
    const y = sum(graph, w, w);
    const places = new Map([
      [w, engine.allocate(16)],
      [y, engine.allocate(16)],
    ]);
    engine.floats(places.get(w)!, 4).set([1, 2, 3, 4]);
    const plan = new Plan(engine, graph, { outputs: [y], bind: (value) => places.get(value) });
    plan.run();
    expect(plan.bytes).toBe(0);
    expect([...engine.floats(places.get(y)!, 4)]).toEqual([2, 4, 6, 8]);
  });

  test("are needed for parameters and caches, which outlive a run", () => {
    const graph = new Graph("f32");
    const w = graph.parameter("w", [2, 2]);
    const outputs = [sum(graph, w, w)];
    const build = (g: Graph, made: readonly Value[]) => () =>
      new Plan(new ReferenceEngine(), g, { outputs: made, bind: unbound });
    expect(build(graph, outputs)).toThrow("internal: parameter w is not bound");
    const other = new Graph("f32");
    const past = other.input("past", [1], { type: "i32", bounds: { lowest: 0, beyond: 1 } });
    const target = { cache: other.input("cache", [1, 1, 2, 2]), past };
    const written = cacheWrite(other, other.input("x", [1, 2]), target, {
      sequences: 1,
      column: 0,
      inPanels: false,
      round: false,
    });
    expect(build(other, [written])).toThrow("internal: cache must be bound");
  });
});

describe("integers of an input", () => {
  function planWithIds() {
    const graph = new Graph("f32");
    const ids = graph.input("ids", [3], { type: "i32", bounds: { lowest: 0, beyond: 5 } });
    const table = graph.input("table", [5, 1]);
    const rows = embed(graph, ids, table);
    const plan = new Plan(new ReferenceEngine(), graph, { outputs: [rows], bind: unbound });
    feed(plan, table, [10, 11, 12, 13, 14]);
    return { plan, ids, rows };
  }

  test("are copied when all are inside the bounds", () => {
    const { plan, ids, rows } = planWithIds();
    plan.writeIntegers(ids, [4, 0, 4]);
    plan.run();
    expect([...plan.floats(rows)]).toEqual([14, 10, 14]);
  });

  test.each([
    ["too large", [0, 5, 0], "ids[1] is 5, allowed is 0 to 4"],
    ["negative", [0, 0, -1], "ids[2] is -1, allowed is 0 to 4"],
    ["a fraction", [0.5, 0, 0], "ids[0] is 0.5, allowed is 0 to 4"],
    ["not a number", [Number.NaN, 0, 0], "ids[0] is NaN, allowed is 0 to 4"],
    ["too few", [0, 0], "ids: 2 values for 3"],
    ["too many", [0, 0, 0, 0], "ids: 4 values for 3"],
  ])("are refused when one is, or they are, %s", (_, data, message) => {
    const { plan, ids } = planWithIds();
    expect(() => plan.writeIntegers(ids, data)).toThrow(new RangeError(message));
  });

  test("cannot be ids of a table whose rows they may exceed", () => {
    const graph = new Graph("f32");
    const table = graph.input("table", [5, 1]);
    const unbounded = graph.input("ids", [3], { type: "i32" });
    expect(() => embed(graph, unbounded, table)).toThrow("internal: ids of embed need bounds inside the table");
    const beyond = graph.input("ids", [3], { type: "i32", bounds: { lowest: 0, beyond: 6 } });
    expect(() => embed(graph, beyond, table)).toThrow("internal: ids of embed need bounds inside the table");
  });
});
