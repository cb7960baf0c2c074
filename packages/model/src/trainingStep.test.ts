import { type Engine, ReferenceEngine } from "@neuroshard/tensor";
import { describe, expect, test } from "vitest";
import type { ModelConfig } from "./config.ts";
import { defaultAdamw } from "./optim/adamw.ts";
import { ParameterStore } from "./parameterStore.ts";
import { parameterCount } from "./parameters.ts";
import { Evaluation, TrainingStep } from "./trainingStep.ts";

const config: ModelConfig = {
  vocabularySize: 13,
  width: 16,
  layers: 2,
  heads: 4,
  keyHeads: 2,
  feedForwardWidth: 24,
  context: 8,
  tiedHead: true,
};
const shape = { sequences: 2, length: 8 };
const tokens = Array.from({ length: 16 }, (_, i) => (i * 5) % 13);
const targets = tokens.map((token) => (token + 5) % 13);
const options = { adamw: defaultAdamw, learningRate: 1e-3, step: 1 };

function openStore(engine: Engine = new ReferenceEngine()) {
  const store = new ParameterStore(engine, config, "training");
  store.initialize(1);
  return { engine, store };
}

function spoil(store: ParameterStore, name: string, value: number): void {
  store.values("weights", store.specs.find((spec) => spec.name === name)!)[0] = value;
}

describe("a training step", () => {
  test("returns the loss before its update, and repeated steps lower it", () => {
    const { engine, store } = openStore();
    const evaluation = new Evaluation(engine, store, "bf16", shape);
    const step = new TrainingStep(engine, store, "bf16", shape);
    const losses = Array.from({ length: 30 }, (_, i) => {
      const { loss } = evaluation.run(tokens, targets);
      expect(step.run(tokens, targets, { ...options, learningRate: 1e-2, step: i + 1 })).toBe(loss);
      return loss;
    });
    // A new model knows nothing: the loss is that of an even guess.
    expect(Math.abs(losses[0]! - Math.log(13))).toBeLessThan(0.1);
    expect(losses.at(-1)!).toBeLessThan(0.5 * losses[0]!);
  });

  test("with a learning rate of 0 leaves the weights as they are", () => {
    const { engine, store } = openStore();
    const before = engine.floats(store.address("weights"), store.count).slice();
    new TrainingStep(engine, store, "bf16", shape).run(tokens, targets, { ...options, learningRate: 0 });
    expect(engine.floats(store.address("weights"), store.count)).toEqual(before);
  });

  test("does the work of six operations per weight and token, and of attention", () => {
    const { engine, store } = openStore();
    const { flops } = new TrainingStep(engine, store, "bf16", shape);
    const rows = shape.sequences * shape.length;
    const products = 6 * parameterCount(config) * rows;
    expect(flops).toBeGreaterThan(products);
    expect(flops).toBeLessThan(1.5 * products);
  });

  test("allocates nothing", () => {
    const { engine, store } = openStore();
    const step = new TrainingStep(engine, store, "bf16", shape);
    const evaluation = new Evaluation(engine, store, "bf16", shape);
    engine.allocate = () => {
      throw new Error("allocated");
    };
    step.run(tokens, targets, options);
    expect(evaluation.run(tokens, targets).counted).toBe(16);
  });

  test("refuses a token or target outside the vocabulary, and arrays of another size", () => {
    const { engine, store } = openStore();
    const step = new TrainingStep(engine, store, "bf16", shape);
    const with13 = tokens.map((token, i) => (i === 3 ? 13 : token));
    expect(() => step.run(with13, targets, options)).toThrow("tokens[3] is 13, allowed is 0 to 12");
    expect(() => step.run(tokens, with13, options)).toThrow("targets[3] is 13, allowed is -1 to 12");
    expect(() => step.run(tokens.slice(1), targets, options)).toThrow("tokens: 15 values for 16");
  });
});

describe("rule A5", () => {
  test.each([
    ["layers.0.qkv", Number.NaN],
    ["layers.1.mlpNorm", Number.POSITIVE_INFINITY],
    ["embedding", Number.NaN],
    ["finalNorm", Number.NEGATIVE_INFINITY],
  ])("a weight of %s that is %d ends training with a named error", (name, value) => {
    for (const mode of ["bf16", "f32"] as const) {
      const { engine, store } = openStore();
      const step = new TrainingStep(engine, store, mode, shape);
      spoil(store, name, value);
      const expected = {
        code: "NOT_FINITE",
        message: expect.stringMatching(/of step 7 is not a finite number; lower/),
      };
      expect(() => step.run(tokens, targets, { ...options, step: 7 })).toThrow(expect.objectContaining(expected));
    }
  });

  test("weights so large that the loss overflows end training and evaluation", () => {
    const { engine, store } = openStore();
    spoil(store, "finalNorm", 3e38);
    spoil(store, "embedding", 3e38);
    const evaluation = new Evaluation(engine, store, "f32", shape);
    const expected = expect.objectContaining({ code: "NOT_FINITE" });
    expect(() => evaluation.run(tokens, targets)).toThrow(expected);
    expect(() => new TrainingStep(engine, store, "f32", shape).run(tokens, targets, options)).toThrow(expected);
  });
});

describe("an evaluation", () => {
  test("is the mean over the targets that count", () => {
    const { engine, store } = openStore();
    const evaluation = new Evaluation(engine, store, "f32", shape);
    const parts = [0, 1].map((part) => {
      const some = targets.map((target, i) => (i % 3 === part ? target : -1));
      return evaluation.run(tokens, some);
    });
    const both = evaluation.run(
      tokens,
      targets.map((target, i) => (i % 3 < 2 ? target : -1)),
    );
    expect(parts.map(({ counted }) => counted)).toEqual([6, 5]);
    expect(both.counted).toBe(11);
    expect(both.loss).toBeCloseTo((parts[0]!.loss * 6 + parts[1]!.loss * 5) / 11, 6);
  });

  test("leaves weights and moments as they are", () => {
    const { engine, store } = openStore();
    const before = engine.floats(store.address("weights"), store.count).slice();
    new Evaluation(engine, store, "bf16", shape).run(tokens, targets);
    expect(engine.floats(store.address("weights"), store.count)).toEqual(before);
    expect(engine.floats(store.address("firstMoments"), store.count).every((x) => x === 0)).toBe(true);
  });
});
