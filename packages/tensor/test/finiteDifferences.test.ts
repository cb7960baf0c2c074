/**
 * Holds the gradients of every differentiable operation against finite differences of its own forward pass.
 * Forward passes are float32: with a five-point rule and steps of 2^-5 both truncation and rounding stay near 1e-5.
 */
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { gradients } from "../src/graph/gradients.ts";
import { Graph } from "../src/graph/graph.ts";
import { type OperationName, operations } from "../src/graph/operations.ts";
import { attention } from "../src/graph/ops/attention.ts";
import { crossEntropy } from "../src/graph/ops/crossEntropy.ts";
import { embed } from "../src/graph/ops/embed.ts";
import { product } from "../src/graph/ops/product.ts";
import { rmsNorm } from "../src/graph/ops/rmsNorm.ts";
import { rope } from "../src/graph/ops/rope.ts";
import { scaled } from "../src/graph/ops/scaled.ts";
import { sum } from "../src/graph/ops/sum.ts";
import { swiglu } from "../src/graph/ops/swiglu.ts";
import { Plan } from "../src/graph/plan.ts";
import { elementCount, type Shape, type Value } from "../src/graph/value.ts";
import { fillNormal } from "../src/randomStream.ts";
import { ReferenceEngine } from "../src/reference/referenceEngine.ts";
import { ropeTables } from "../src/ropeTables.ts";
import { feed, relativeError } from "./evaluateGraph.ts";

const STEP = 2 ** -5;
const MOST_ERROR = 1e-4;

/** Makes the inputs of a case: `wanted` ones get random numbers and their gradients are looked at. */
class Inputs {
  readonly graph: Graph;
  readonly wanted: Value[] = [];
  readonly fed = new Map<Value, ArrayLike<number>>();

  constructor(graph: Graph) {
    this.graph = graph;
  }

  wantedInput(name: string, ...shape: Shape): Value {
    const value = this.fixed(name, shape, normal(elementCount(shape), this.wanted.length));
    this.wanted.push(value);
    return value;
  }

  fixed(name: string, shape: Shape, data: ArrayLike<number>): Value {
    const value = this.graph.input(name, shape);
    this.fed.set(value, data);
    return value;
  }

  integers(name: string, data: readonly number[], lowest: number, beyond: number): Value {
    const value = this.graph.input(name, [data.length], { type: "i32", bounds: { lowest, beyond } });
    this.fed.set(value, data);
    return value;
  }
}

function normal(count: number, stream: number): Float32Array {
  const values = new Float32Array(count);
  fillNormal(values, { seed: 99, purpose: "canary" }, stream, 1);
  return values;
}

/** Returns the one output whose weighted sum is differentiated. */
type Build = (graph: Graph, inputs: Inputs) => Value;

function checkGradients(build: Build): void {
  const graph = new Graph("f32");
  const inputs = new Inputs(graph);
  const output = build(graph, inputs);
  const weights = normal(elementCount(output.shape), 1000);
  const seed = inputs.fixed("seed", output.shape, weights);
  const found = gradients(graph, new Map([[output, seed]]), inputs.wanted);
  const plan = new Plan(new ReferenceEngine(), graph, { outputs: [output, ...found.values()], bind: () => undefined });
  for (const [value, data] of inputs.fed) feed(plan, value, data);
  const weightedOutput = (): number => {
    plan.run();
    return plan.floats(output).reduce((total, y, i) => total + y * weights[i]!, 0);
  };
  weightedOutput();
  const analytic = new Map([...found].map(([value, gradient]) => [value.name, plan.floats(gradient).slice()]));
  for (const value of inputs.wanted) {
    const numeric = differences(plan, value, weightedOutput);
    expect(relativeError(analytic.get(value.name)!, numeric), value.name).toBeLessThan(MOST_ERROR);
  }
}

/** Derivatives by the five-point rule: error of the order STEP^4. */
function differences(plan: Plan, value: Value, f: () => number): Float64Array {
  const result = new Float64Array(elementCount(value.shape));
  for (let i = 0; i < result.length; i++) {
    const x = plan.floats(value)[i]!;
    const at = (offset: number): number => {
      plan.floats(value)[i] = x + offset;
      return f();
    };
    result[i] = (8 * (at(STEP) - at(-STEP)) - (at(2 * STEP) - at(-2 * STEP))) / (12 * STEP);
    plan.floats(value)[i] = x;
  }
  return result;
}

function productCases(): Readonly<Record<string, Build>> {
  const cases: Record<string, Build> = {};
  for (const transposeA of [false, true])
    for (const transposeB of [false, true])
      for (const batch of [[], [3]])
        for (const withAddend of [false, true]) {
          const name = `${transposeA ? "T" : "N"}${transposeB ? "T" : "N"}${batch.length > 0 ? ", batched" : ""}${withAddend ? ", with an addend" : ""}`;
          cases[name] = (graph, inputs) => {
            const [m, k, n] = [2, 5, 3];
            const a = inputs.wantedInput("a", ...batch, ...(transposeA ? [k, m] : [m, k]));
            const b = inputs.wantedInput("b", ...batch, ...(transposeB ? [n, k] : [k, n]));
            const addend = withAddend ? inputs.wantedInput("addend", ...batch, m, n) : undefined;
            return product(graph, a, b, { transposeA, transposeB, addend });
          };
        }
  return cases;
}

function tables(inputs: Inputs, positions: number, headSize: number): { cosines: Value; sines: Value } {
  const { cosines, sines } = ropeTables(positions, headSize, 10000);
  const shape = [positions, headSize / 2];
  return { cosines: inputs.fixed("cosines", shape, cosines), sines: inputs.fixed("sines", shape, sines) };
}

/** A loss of five rows, one of them ignored, times a number that only the seed knows. */
const lossCase: Build = (graph, inputs) => {
  const logits = inputs.wantedInput("logits", 5, 7);
  return crossEntropy(graph, logits, inputs.integers("targets", [3, -1, 0, 6, 6], -1, 7));
};

const heads = { sequences: 2, heads: 4, keyHeads: 2 };

const cases: { readonly [K in OperationName]?: Readonly<Record<string, Build>> } = {
  product: {
    ...productCases(),
    "a matrix times its own transpose": (graph, inputs) => {
      const a = inputs.wantedInput("a", 3, 4);
      return product(graph, a, a, { transposeB: true });
    },
    "a matrix that is its own addend": (graph, inputs) => {
      const a = inputs.wantedInput("a", 4, 4);
      return product(graph, a, inputs.wantedInput("b", 4, 4), { addend: a });
    },
  },
  embed: {
    "a table with repeated and with unused rows": (graph, inputs) =>
      embed(graph, inputs.integers("ids", [4, 0, 4, 2, 4], 0, 6), inputs.wantedInput("table", 6, 3)),
    "a table that is the output head too": (graph, inputs) => {
      const table = inputs.wantedInput("table", 6, 3);
      return product(graph, embed(graph, inputs.integers("ids", [4, 0, 4], 0, 6), table), table, { transposeB: true });
    },
  },
  rmsNorm: {
    "a norm": (graph, inputs) => rmsNorm(graph, inputs.wantedInput("x", 3, 18), inputs.wantedInput("gain", 18), 1e-6),
    "a norm whose epsilon matters": (graph, inputs) =>
      rmsNorm(graph, inputs.wantedInput("x", 2, 5), inputs.wantedInput("gain", 5), 0.7),
    "a norm beside a residual path": (graph, inputs) => {
      const x = inputs.wantedInput("x", 3, 6);
      const normed = rmsNorm(graph, x, inputs.wantedInput("gain", 6), 1e-6);
      return product(graph, normed, inputs.wantedInput("w", 6, 6), { addend: x });
    },
    "a norm whose gradient is the residual's gradient as well": (graph, inputs) => {
      const x = inputs.wantedInput("x", 3, 6);
      return sum(graph, rmsNorm(graph, x, inputs.wantedInput("gain", 6), 1e-6), x);
    },
  },
  rope: {
    "all heads": (graph, inputs) =>
      rope(graph, inputs.wantedInput("x", 6, 8), tables(inputs, 3, 4), { heads: 2, headSize: 4, rowsPerSequence: 3 }),
    "the first heads of sequences that have begun": (graph, inputs) => {
      const past = inputs.integers("past", [4, 1], 0, 5);
      const at = { heads: 1, headSize: 4, rowsPerSequence: 2 };
      return rope(graph, inputs.wantedInput("x", 4, 7), { ...tables(inputs, 6, 4), past }, at);
    },
  },
  attention: {
    "one source of queries, keys and values, grouped": (graph, inputs) => {
      const x = inputs.wantedInput("qkv", 8, 8 * 4);
      const columns = { q: 0, k: 16, v: 24 };
      return attention(graph, { q: x, k: x, v: x }, { ...heads, keySize: 4, valueSize: 4, columns });
    },
    "three sources, values wider than keys": (graph, inputs) => {
      const q = inputs.wantedInput("q", 8, 4 * 4);
      const k = inputs.wantedInput("k", 8, 2 * 4);
      const v = inputs.wantedInput("v", 8, 2 * 6);
      return attention(graph, { q, k, v }, { ...heads, keySize: 4, valueSize: 6, columns: { q: 0, k: 0, v: 0 } });
    },
    "keys and values of one source, values first and narrower": (graph, inputs) => {
      const q = inputs.wantedInput("q", 8, 4 * 4);
      const kv = inputs.wantedInput("kv", 8, 2 * (4 + 2));
      const columns = { q: 0, k: 4, v: 0 };
      return attention(graph, { q, k: kv, v: kv }, { ...heads, keySize: 4, valueSize: 2, columns });
    },
  },
  swiglu: {
    "gates and values": (graph, inputs) => swiglu(graph, inputs.wantedInput("x", 3, 2 * 9)),
  },
  scaled: {
    "a tensor times the first number of another": (graph, inputs) =>
      scaled(graph, inputs.wantedInput("x", 3, 4), inputs.fixed("factor", [2], [-1.75, 9])),
  },
  sum: {
    "two tensors": (graph, inputs) => sum(graph, inputs.wantedInput("a", 3, 4), inputs.wantedInput("b", 3, 4)),
    "a tensor and itself": (graph, inputs) => {
      const a = inputs.wantedInput("a", 3, 4);
      return sum(graph, a, a);
    },
    "a value with four readers": (graph, inputs) => {
      const x = inputs.wantedInput("x", 4, 4);
      const y = product(graph, x, inputs.wantedInput("w", 4, 4));
      const normed = rmsNorm(graph, y, inputs.wantedInput("gain", 4), 1e-6);
      const halves = swiglu(graph, y);
      const square = product(graph, halves, halves, { transposeB: true });
      return sum(graph, sum(graph, normed, square), sum(graph, y, x));
    },
  },
  crossEntropy: {
    "logits with an ignored target": lossCase,
    "logits that are read twice": (graph, inputs) => {
      const x = inputs.wantedInput("x", 4, 5);
      const logits = product(graph, x, inputs.wantedInput("w", 5, 5));
      const first = crossEntropy(graph, logits, inputs.integers("first", [0, 1, -1, 3], -1, 5));
      const second = crossEntropy(
        graph,
        swiglu(graph, product(graph, logits, x, { transposeB: true })),
        inputs.integers("second", [1, 1, 0, -1], -1, 2),
      );
      return sum(graph, first, second);
    },
  },
};

/** What the modules of graph/ops export, so that none is forgotten in the op table. */
async function exportedOps(): Promise<readonly object[]> {
  const folder = new URL("../src/graph/ops/", import.meta.url);
  const modules = await Promise.all(
    readdirSync(folder)
      .filter((name) => !name.endsWith(".test.ts"))
      .map((name): Promise<object> => import(new URL(name, folder).href)),
  );
  return modules.flatMap((module) => Object.values(module).filter((x) => typeof x === "object" && "emit" in x));
}

test("every operation is in the op table, and has the name that it has there", async () => {
  const listed = Object.values<object>(operations);
  for (const op of await exportedOps()) expect(listed).toContain(op);
  expect(Object.entries(operations).filter(([name, op]) => op.name !== name)).toEqual([]);
});

test("every operation with a backward rule has cases here, and no other", () => {
  const differentiable = Object.values<{ name: string }>(operations).filter((op) => "backward" in op);
  expect(differentiable.map(({ name }) => name).sort()).toEqual(Object.keys(cases).sort());
});

const flatCases = Object.entries(cases).flatMap(([op, builds]) =>
  Object.entries(builds).map(([name, build]) => [op, name, build] as const),
);

test.each(flatCases)("%s has the gradients of finite differences: %s", (_, __, build) => {
  checkGradients(build);
});
