/** Laws of the model as a whole: it looks back only, and its parts are the same code with the same bits. */
import { crossEntropy, type Engine, Graph, gradients, Plan, ropeTables, type Value } from "@neuroshard/tensor";
import { openEngine } from "@neuroshard/tensor/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { forwardLogits } from "../test/forwardLogits.ts";
import { headSizeOf, type ModelConfig, ROPE_THETA } from "./config.ts";
import { defaultAdamw } from "./optim/adamw.ts";
import { ParameterStore } from "./parameterStore.ts";
import { TrainingStep } from "./trainingStep.ts";
import { blocks, embedTokens, outputHead, plainWeights, type Surroundings } from "./transformer.ts";

const config: ModelConfig = {
  vocabularySize: 29,
  width: 24,
  layers: 3,
  heads: 6,
  keyHeads: 2,
  feedForwardWidth: 40,
  context: 72,
  tiedHead: false,
};
const VOCABULARY = config.vocabularySize;

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ kind: "wasm", threads: 1 });
});
afterAll(() => engine.close());

/** Larger weights than the initial ones, with which attention is nearly uniform. */
function openStore(purpose: "training" | "inference"): ParameterStore {
  const store = new ParameterStore(engine, config, purpose);
  store.initialize(11);
  for (const spec of store.specs) {
    const values = store.values("weights", spec);
    if (spec.initial !== "ones") for (let i = 0; i < values.length; i++) values[i]! *= 10;
  }
  return store;
}

const tokensOf = (count: number): number[] => Array.from({ length: count }, (_, i) => (i * i + 3 * i) % VOCABULARY);

describe.each(["bf16", "f32"] as const)("in mode %s", (mode) => {
  test("a changed token never changes logits before it, and always those at its own place", () => {
    const store = openStore("inference");
    const tokens = tokensOf(config.context);
    const logits = forwardLogits(engine, store, tokens, { mode });
    for (const changed of [1, 2, 15, 16, 31, 32, 33, 63, 64, 71]) {
      const others = tokens.map((token, i) => (i === changed ? (token + 1) % VOCABULARY : token));
      const after = forwardLogits(engine, store, others, { mode });
      const boundary = changed * VOCABULARY;
      expect(after.subarray(0, boundary), `token ${changed}`).toEqual(logits.subarray(0, boundary));
      const own = [boundary, boundary + VOCABULARY] as const;
      expect(after.subarray(...own), `token ${changed}`).not.toEqual(logits.subarray(...own));
      expect(after.subarray(-VOCABULARY), `token ${changed}`).not.toEqual(logits.subarray(-VOCABULARY));
    }
  });

  test("a sequence's logits depend neither on the sequences beside it nor on tokens after it", () => {
    const store = openStore("inference");
    const [first, second] = [tokensOf(40), tokensOf(41).slice(1)];
    const both = forwardLogits(engine, store, [...first, ...second], { mode, sequences: 2 });
    expect(both.subarray(0, 40 * VOCABULARY)).toEqual(forwardLogits(engine, store, first, { mode }));
    expect(both.subarray(40 * VOCABULARY)).toEqual(forwardLogits(engine, store, second, { mode }));
    const short = forwardLogits(engine, store, first.slice(0, 17), { mode });
    expect(both.subarray(0, 17 * VOCABULARY)).toEqual(short);
  });

  test("the order of tokens matters", () => {
    const store = openStore("inference");
    const last = (tokens: number[]) => forwardLogits(engine, store, tokens, { mode }).subarray(-VOCABULARY);
    expect(last([5, 9, 2])).not.toEqual(last([9, 5, 2]));
  });
});

const SEQUENCES = 2;
const LENGTH = 20;
const ROWS = SEQUENCES * LENGTH;
const tokens = tokensOf(ROWS);
const targets = tokensOf(ROWS + 1)
  .slice(1)
  .map((target, i) => (i % 7 === 0 ? -1 : target));

/** Gradients by name as a training step of the whole model computes them. */
function wholeGradients(store: ParameterStore): ReadonlyMap<string, Float32Array> {
  const step = new TrainingStep(engine, store, "bf16", { sequences: SEQUENCES, length: LENGTH });
  step.run(tokens, targets, { adamw: defaultAdamw, learningRate: 0, step: 1 });
  return new Map(store.specs.map((spec) => [spec.name, store.values("gradients", spec).slice()]));
}

/** A graph with the model's surroundings, to be run on its own. */
class Part {
  readonly graph = new Graph("bf16");
  readonly at: Surroundings;
  readonly #store: ParameterStore;
  readonly #fed: [Value, ArrayLike<number>][] = [];

  constructor(store: ParameterStore) {
    this.#store = store;
    const headSize = headSizeOf(config);
    const { cosines, sines } = ropeTables(LENGTH, headSize, ROPE_THETA);
    const tables = {
      cosines: this.input(cosines, LENGTH, headSize / 2),
      sines: this.input(sines, LENGTH, headSize / 2),
    };
    const weights = plainWeights(this.graph, config, new Map(store.specs.map(({ name, shape }) => [name, shape])));
    this.at = { weights, sequences: SEQUENCES, tables };
  }

  input(data: ArrayLike<number>, ...shape: number[]): Value {
    const value = this.graph.input("input", shape);
    this.#fed.push([value, data]);
    return value;
  }

  ids(data: readonly number[], lowest: number): Value {
    const value = this.graph.input("ids", [ROWS], { type: "i32", bounds: { lowest, beyond: VOCABULARY } });
    this.#fed.push([value, data]);
    return value;
  }

  run(outputs: readonly Value[]): readonly Float32Array[] {
    const bind = ({ role, name }: Value): number | undefined =>
      role === "parameter" ? this.#store.address("weights", name) : undefined;
    const plan = new Plan(engine, this.graph, { outputs, bind });
    for (const [value, data] of this.#fed)
      if (value.type === "i32") plan.writeIntegers(value, data);
      else plan.floats(value).set(data);
    plan.run();
    return outputs.map((output) => plan.floats(output).slice());
  }
}

test("stages with activations in and out give the gradients of the whole model, bit for bit", () => {
  const store = openStore("training");
  const expected = wholeGradients(store);
  const forward = new Part(store);
  const embedded = embedTokens(forward.graph, forward.ids(tokens, 0), forward.at.weights);
  const between = blocks(forward.graph, config, embedded, { ...forward.at, from: 0, to: 1 });
  const [activations] = forward.run([between]);

  const late = new Part(store);
  const x = late.input(activations!, ROWS, config.width);
  const last = blocks(late.graph, config, x, { ...late.at, from: 1, to: config.layers });
  const logits = outputHead(late.graph, last, late.at.weights);
  const loss = crossEntropy(late.graph, logits, late.ids(targets, -1));
  const lateFound = gradients(late.graph, new Map([[loss, "one"]]), [x, ...late.graph.parameters]);
  const [dActivations, ...lateGradients] = late.run([...lateFound.values()]);

  const early = new Part(store);
  const start = embedTokens(early.graph, early.ids(tokens, 0), early.at.weights);
  const end = blocks(early.graph, config, start, { ...early.at, from: 0, to: 1 });
  const arriving = early.input(dActivations!, ROWS, config.width);
  const earlyFound = gradients(early.graph, new Map([[end, arriving]]), early.graph.parameters);
  const earlyGradients = early.run([...earlyFound.values()]);

  const names = [...early.graph.parameters, ...late.graph.parameters].map(({ name }) => name);
  const found = new Map([...earlyGradients, ...lateGradients].map((gradient, i) => [names[i]!, gradient]));
  expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
  for (const [name, gradient] of expected) expect(found.get(name), name).toEqual(gradient);
});

test("layers whose activations are computed again give the same gradients, bit for bit", () => {
  const store = openStore("training");
  const expected = wholeGradients(store);
  const part = new Part(store);
  let x = embedTokens(part.graph, part.ids(tokens, 0), part.at.weights);
  for (let layer = 0; layer < config.layers; layer++) {
    const before = x;
    x = part.graph.recomputed(() => blocks(part.graph, config, before, { ...part.at, from: layer, to: layer + 1 }));
  }
  const logits = outputHead(part.graph, x, part.at.weights);
  const loss = crossEntropy(part.graph, logits, part.ids(targets, -1));
  const found = gradients(part.graph, new Map([[loss, "one"]]), part.graph.parameters);
  const results = part.run([...found.values()]);
  [...found.keys()].forEach(({ name }, i) => {
    expect(results[i], name).toEqual(expected.get(name));
  });
  expect(found.size).toBe(expected.size);
});
