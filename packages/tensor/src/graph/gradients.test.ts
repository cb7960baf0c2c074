/** How gradients are put together; what each operation contributes is shown in test/finiteDifferences.test.ts. */
import { describe, expect, test } from "vitest";
import { evaluateGraph } from "../../test/evaluateGraph.ts";
import { randomGraph } from "../../test/randomGraph.ts";
import { fillNormal } from "../randomStream.ts";
import { ReferenceEngine } from "../reference/referenceEngine.ts";
import { gradients } from "./gradients.ts";
import { Graph } from "./graph.ts";
import { crossEntropy } from "./ops/crossEntropy.ts";
import { quantize } from "./ops/int8.ts";
import { product } from "./ops/product.ts";
import { rmsNorm } from "./ops/rmsNorm.ts";
import { sum } from "./ops/sum.ts";
import { swiglu } from "./ops/swiglu.ts";
import { Plan } from "./plan.ts";
import type { Value } from "./value.ts";

const ROWS = 32;
const WIDTH = 8;
const DEPTH = 12;

interface Chain {
  readonly graph: Graph;
  readonly fed: ReadonlyMap<Value, Float32Array>;
  readonly last: Value;
  readonly weights: readonly Value[];
}

/** A deep chain of residual blocks; `wrap` stands around each. */
function deepChain(wrap: (graph: Graph, build: () => Value) => Value): Chain {
  const graph = new Graph("bf16");
  const fed = new Map<Value, Float32Array>();
  const input = (name: string, ...shape: number[]): Value => {
    const value = graph.input(name, shape);
    const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
    fillNormal(data, { seed: 5, purpose: "canary" }, fed.size, 0.3);
    fed.set(value, data);
    return value;
  };
  const weights: Value[] = [];
  let x = input("x", ROWS, WIDTH);
  for (let layer = 0; layer < DEPTH; layer++) {
    const [gain, up, down] = [input("gain", WIDTH), input("up", WIDTH, 8 * WIDTH), input("down", 4 * WIDTH, WIDTH)];
    weights.push(gain, up, down);
    const before = x;
    x = wrap(graph, () => {
      const hidden = swiglu(graph, product(graph, rmsNorm(graph, before, gain, 1e-6), up));
      return product(graph, hidden, down, { addend: before });
    });
  }
  return { graph, fed, last: x, weights };
}

function trained({ graph, fed, last, weights }: Chain) {
  const target = graph.input("targets", [ROWS], { type: "i32", bounds: { lowest: -1, beyond: WIDTH } });
  const loss = crossEntropy(graph, last, target);
  const found = gradients(graph, new Map([[loss, "one"]]), weights);
  const outputs = [loss, ...found.values()];
  const ids = Array.from({ length: ROWS }, (_, i) => (i % (WIDTH + 1)) - 1);
  const results = evaluateGraph(graph, outputs, new Map<Value, ArrayLike<number>>([...fed, [target, ids]]));
  const plan = new Plan(new ReferenceEngine(), graph, { outputs, bind: () => undefined });
  return { results, bytes: plan.bytes, flops: plan.flops };
}

describe("recomputed segments", () => {
  const kept = trained(deepChain((_, build) => build()));

  test("give the same loss and gradients, bit for bit, with less memory and more work", () => {
    const again = trained(deepChain((graph, build) => graph.recomputed(build)));
    expect(again.results).toEqual(kept.results);
    expect(again.bytes).toBeLessThan(0.5 * kept.bytes);
    expect(again.flops).toBeGreaterThan(kept.flops);
    expect(again.flops).toBeLessThan(1.35 * kept.flops);
  });

  test("may stand for some layers only", () => {
    let layer = 0;
    const mixed = trained(deepChain((graph, build) => (layer++ % 2 === 0 ? graph.recomputed(build) : build())));
    expect(mixed.results).toEqual(kept.results);
    expect(mixed.bytes).toBeLessThan(0.8 * kept.bytes);
  });

  test("change nothing in random graphs", () => {
    for (let seed = 0; seed < 40; seed++) {
      const [plain, again] = [randomGraph(seed, false), randomGraph(seed, true)];
      const expected = evaluateGraph(plain.graph, plain.outputs, plain.fed);
      expect(evaluateGraph(again.graph, again.outputs, again.fed), `seed ${seed}`).toEqual(expected);
    }
  });

  test("end with their builder, also when it throws", () => {
    const graph = new Graph("f32");
    const x = graph.input("x", [2, 2]);
    expect(() =>
      graph.recomputed(() => {
        throw new Error("no");
      }),
    ).toThrow("no");
    sum(graph, x, x);
    expect(graph.nodes[0]!.segment).toBe(0);
  });
});

describe("a backward pass", () => {
  test("of a stage continues from the gradient of its output, and gives the bits of the whole", () => {
    const chain = deepChain((_, build) => build());
    const { graph, fed, last, weights } = chain;
    const dLast = graph.input("dLast", [ROWS, WIDTH]);
    const all = new Map(fed);
    const given = new Float32Array(ROWS * WIDTH);
    fillNormal(given, { seed: 6, purpose: "canary" }, 0, 1);
    all.set(dLast, given);
    const whole = gradients(graph, new Map([[last, dLast]]), weights);
    const expected = evaluateGraph(graph, [...whole.values()], all);
    // The same chain in two graphs: the second hands the gradient of its input to the first.
    const half = 3 * (DEPTH / 2);
    const early = cutChain(fed, 0, half);
    const late = cutChain(fed, half, weights.length, evaluateGraph(early.graph, [early.last], early.fed)[0]);
    const lateResults = runStage(late, given, [late.first, ...late.weights]);
    const earlyResults = runStage(early, lateResults[0]!, early.weights);
    expect([...earlyResults, ...lateResults.slice(1)]).toEqual(expected);
  });

  test("adds the contributions of all readers of a value", () => {
    const graph = new Graph("f32");
    const x = graph.input("x", [1, 1]);
    const seed = graph.input("seed", [1, 1]);
    const total = [0, 1, 2, 3].reduce((value) => sum(graph, value, x), x);
    const found = gradients(graph, new Map([[total, seed]]), [x]);
    expect([...evaluateGraph(graph, [found.get(x)!], new Map([[seed, [7]]]))[0]!]).toEqual([35]);
  });

  test("may begin at several values", () => {
    const graph = new Graph("f32");
    const x = graph.input("x", [1, 1]);
    const [dDouble, dFour] = [graph.input("dDouble", [1, 1]), graph.input("dFour", [1, 1])];
    const double = sum(graph, x, x);
    const four = sum(graph, double, double);
    const begun = new Map([
      [double, dDouble],
      [four, dFour],
    ]);
    const found = gradients(graph, begun, [x]);
    const fed = new Map([
      [dDouble, [10]],
      [dFour, [1]],
    ]);
    expect([...evaluateGraph(graph, [found.get(x)!], fed)[0]!]).toEqual([24]);
  });

  test("makes no node for what leads to no target", () => {
    const graph = new Graph("f32");
    const [x, w] = [graph.input("x", [2, 2]), graph.input("w", [2, 2])];
    const fixed = product(graph, w, w);
    const y = sum(graph, x, fixed);
    const before = graph.nodes.length;
    gradients(graph, new Map([[y, graph.input("seed", [2, 2])]]), [x]);
    expect(graph.nodes.length).toBe(before);
  });

  test("refuses a target that does not influence what is differentiated", () => {
    const graph = new Graph("f32");
    const [x, w] = [graph.input("x", [2, 2]), graph.input("w", [2, 2])];
    const seeds = new Map([[sum(graph, x, x), graph.input("seed", [2, 2])]]);
    expect(() => gradients(graph, seeds, [w])).toThrow("internal: no gradient tensor for w");
  });

  test("does not flow through operations without a backward rule", () => {
    const graph = new Graph("f32");
    const x = graph.input("x", [2, 2]);
    const { steps } = quantize(graph, x, false);
    expect(() => gradients(graph, new Map([[steps, graph.input("seed", [2])]]), [x])).toThrow(
      "internal: no gradient tensor for x",
    );
  });
});

interface Stage extends Chain {
  readonly first: Value;
}

/** The blocks whose weights are [from, to) in the order of the whole chain, on given activations or the chain's own input. */
function cutChain(fed: Chain["fed"], from: number, to: number, activations?: Float32Array): Stage {
  const data = [...fed.values()];
  const graph = new Graph("bf16");
  const own = new Map<Value, Float32Array>();
  const input = (values: Float32Array, ...shape: number[]): Value => {
    const value = graph.input("stage", shape);
    own.set(value, values);
    return value;
  };
  const first = input(activations ?? data[0]!, ROWS, WIDTH);
  const weights: Value[] = [];
  let x = first;
  for (let i = 1 + from; i < 1 + to; i += 3) {
    const [gain, up, down] = [
      input(data[i]!, WIDTH),
      input(data[i + 1]!, WIDTH, 8 * WIDTH),
      input(data[i + 2]!, 4 * WIDTH, WIDTH),
    ];
    weights.push(gain, up, down);
    const hidden = swiglu(graph, product(graph, rmsNorm(graph, x, gain, 1e-6), up));
    x = product(graph, hidden, down, { addend: x });
  }
  return { graph, fed: own, last: x, weights, first };
}

function runStage({ graph, fed, last }: Stage, given: Float32Array, targets: readonly Value[]) {
  const dLast = graph.input("dLast", [ROWS, WIDTH]);
  const found = gradients(graph, new Map([[last, dLast]]), targets);
  return evaluateGraph(graph, [...found.values()], new Map([...fed, [dLast, given]]));
}
