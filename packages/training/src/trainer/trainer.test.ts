/** Training as a function: the same recipe and data give the same weights on every engine, in one go or in parts. */
import { createHash } from "node:crypto";
import { type ModelConfig, ParameterStore, presetOf, type Segment, trainCharacters } from "@neuroshard/model";
import { type Engine, EngineError, type EngineKind, type OperandMode, philox4x32 } from "@neuroshard/tensor";
import { openEngine } from "@neuroshard/tensor/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { splitTokens } from "../data/split.ts";
import type { Recipe } from "./recipe.ts";
import { Trainer } from "./trainer.ts";

const words = {
  name: ["Anna", "Ben", "Cleo", "Dora"],
  verb: ["sees", "likes", "finds", "paints"],
  colour: ["red", "blue", "green"],
  thing: ["boat", "house", "apple", "kite", "stone"],
};

/** Sentences of one pattern: quickly learned, far from random. */
function makeText(sentences: number): string {
  return Array.from({ length: sentences }, (_, i) => {
    const [a, b, c, d] = philox4x32(4, 0, i, 0, 0, 0);
    const pick = (list: readonly string[], word: number): string => list[word % list.length]!;
    return `${pick(words.name, a)} ${pick(words.verb, b)} the ${pick(words.colour, c)} ${pick(words.thing, d)}. `;
  }).join("");
}

const text = makeText(500);
const tokenizer = trainCharacters(text);
const { train, validation } = splitTokens(Uint16Array.from(tokenizer.encode(text)));
const config: ModelConfig = { vocabularySize: tokenizer.vocabularySize, ...presetOf("tiny").model };

const recipe: Recipe = {
  seed: 1,
  mode: "bf16",
  batch: 2,
  context: 8,
  learningRate: 3e-3,
  schedule: "cosine",
  warmUpSteps: 5,
  scheduledSteps: 30,
};
const TOTAL_STEPS = recipe.scheduledSteps;

const opened = new Map<string, Engine>();
function unlessUnavailable(error: unknown): undefined {
  if (!(error instanceof EngineError && error.code === "NOT_AVAILABLE")) throw error;
}

/** Undefined for a native engine where no C compiler is. */
async function engineOf(kind: EngineKind, threads: number): Promise<Engine | undefined> {
  const name = `${kind} ${threads}`;
  const engine = opened.get(name) ?? (await openEngine({ kind, threads }).catch(unlessUnavailable));
  if (engine !== undefined) opened.set(name, engine);
  return engine;
}
afterAll(() => {
  for (const engine of opened.values()) engine.close();
});

function newStore(engine: Engine): ParameterStore {
  const store = new ParameterStore(engine, config, "training");
  store.initialize(recipe.seed);
  return store;
}

interface TrainOptions {
  readonly from?: number;
  readonly to?: number;
  readonly recipe?: Recipe;
}

/** Trains from step `from` to step `to` and returns the losses. */
function advance(engine: Engine, store: ParameterStore, options: TrainOptions = {}): number[] {
  const { from = 0, to = TOTAL_STEPS } = options;
  const chosen = options.recipe ?? recipe;
  const data = { train, validation, stepsDone: from };
  const trainer = new Trainer(engine, store, { recipe: chosen, ...data });
  return Array.from({ length: to - from }, () => trainer.step());
}

function digestOf(store: ParameterStore, ...segments: readonly Segment[]): string {
  const hash = createHash("sha256");
  for (const segment of segments) for (const spec of store.specs) hash.update(store.values(segment, spec).slice());
  return hash.digest("hex");
}

const everything = ["weights", "firstMoments", "secondMoments"] as const;

describe.each(["bf16", "f32"] as const)("30 steps in mode %s", (mode: OperandMode) => {
  let expected = "";
  beforeAll(async () => {
    const engine = (await engineOf("wasm", 1))!;
    const store = newStore(engine);
    advance(engine, store, { recipe: { ...recipe, mode } });
    expected = digestOf(store, ...everything);
  });

  test.each([
    ["reference", 1],
    ["wasm", 2],
    ["native", 1],
    ["native", 2],
    ["native", 3],
  ] as const)("give the same weights and moments on %s with %d threads as on wasm with one", async (kind, threads) => {
    const engine = await engineOf(kind, threads);
    // A machine without a C compiler has no native engine to compare.
    if (engine === undefined) return expect(kind).toBe("native");
    const store = newStore(engine);
    advance(engine, store, { recipe: { ...recipe, mode } });
    expect(digestOf(store, ...everything)).toBe(expected);
  });

  test("are another model than the same steps in the other mode, or with another seed of the data", async () => {
    const engine = (await engineOf("wasm", 1))!;
    for (const change of [{ mode: mode === "bf16" ? "f32" : "bf16" }, { mode, seed: 2 }] as const) {
      const store = newStore(engine);
      advance(engine, store, { recipe: { ...recipe, ...change } });
      expect(digestOf(store, ...everything)).not.toBe(expected);
    }
  });
});

describe("a run", () => {
  test("in parts, continued from weights and moments in another engine, is the run in one go", async () => {
    const [engine, other] = [(await engineOf("wasm", 1))!, (await engineOf("wasm", 2))!];
    const whole = newStore(engine);
    const losses = advance(engine, whole);
    const first = newStore(engine);
    const parts = advance(engine, first, { to: 11 });
    const second = new ParameterStore(other, config, "training");
    for (const segment of everything)
      for (const spec of first.specs) second.values(segment, spec).set(first.values(segment, spec));
    parts.push(...advance(other, second, { from: 11 }));
    expect(parts).toEqual(losses);
    expect(digestOf(second, ...everything)).toBe(digestOf(whole, ...everything));
  });

  test("that forgets its moments, or the number of its steps, is another run", async () => {
    const engine = (await engineOf("wasm", 1))!;
    const whole = newStore(engine);
    advance(engine, whole);
    const forgetful = newStore(engine);
    advance(engine, forgetful, { to: 11 });
    for (const spec of forgetful.specs) forgetful.values("firstMoments", spec).fill(0);
    advance(engine, forgetful, { from: 11 });
    expect(digestOf(forgetful, "weights")).not.toBe(digestOf(whole, "weights"));
    const miscounted = newStore(engine);
    advance(engine, miscounted, { to: 11 });
    advance(engine, miscounted, { from: 12 });
    expect(digestOf(miscounted, "weights")).not.toBe(digestOf(whole, "weights"));
  });

  test("is not changed by evaluations on the way", async () => {
    const engine = (await engineOf("wasm", 1))!;
    const [plain, watched] = [newStore(engine), newStore(engine)];
    advance(engine, plain);
    const data = { recipe, train, validation, stepsDone: 0 };
    const trainer = new Trainer(engine, watched, data);
    for (let step = 0; step < TOTAL_STEPS; step++) {
      trainer.step();
      if (step % 10 === 3) trainer.evaluate("part");
    }
    expect(trainer.stepsDone).toBe(TOTAL_STEPS);
    expect(digestOf(watched, ...everything)).toBe(digestOf(plain, ...everything));
  });
});

/** Surprise, in nats, of a model that knows the frequencies of characters and nothing else. */
function unigramEntropy(tokens: Uint16Array | Uint32Array): number {
  const counts = new Map<number, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return -[...counts.values()].reduce(
    (sum, count) => sum + (count / tokens.length) * Math.log(count / tokens.length),
    0,
  );
}

test("a tiny model learns: after 200 steps text it has not seen surprises it much less than letters by frequency", async () => {
  const engine = (await engineOf("native", 1)) ?? (await engineOf("wasm", 1))!;
  const { batch, learningRate } = presetOf("tiny").training;
  const long: Recipe = { ...recipe, batch, context: config.context, learningRate, scheduledSteps: 200 };
  const trainer = new Trainer(engine, newStore(engine), {
    recipe: long,
    train,
    validation,
    stepsDone: 0,
  });
  const before = trainer.evaluate("whole").valLoss;
  expect(Math.abs(before - Math.log(config.vocabularySize))).toBeLessThan(0.2);
  const losses = Array.from({ length: 200 }, () => trainer.step());
  const { trainLoss, valLoss } = trainer.evaluate("whole");
  const entropy = unigramEntropy(validation);
  expect(valLoss).toBeLessThan(0.5 * entropy);
  expect(Math.abs(valLoss - trainLoss)).toBeLessThan(0.2);
  expect(losses.at(-1)!).toBeLessThan(losses[0]! / 2);
});

test("an evaluation predicts every token of its part but the first, once", async () => {
  const engine = (await engineOf("wasm", 1))!;
  const data = { recipe, train, stepsDone: 0 };
  const lossOf = (tokens: Uint16Array | Uint32Array): number =>
    new Trainer(engine, newStore(engine), { ...data, validation: tokens }).evaluate("whole").valLoss;
  // Windows of 8 predictions are independent, so a part's loss is the weighted mean over its windows.
  const [two, first, second] = [
    lossOf(validation.subarray(0, 14)),
    lossOf(validation.subarray(0, 9)),
    lossOf(validation.subarray(8, 14)),
  ];
  expect(two).toBeCloseTo((first * 8 + second * 5) / 13, 6);
});

test("weights that are spoilt end the run with a named error, and the step does not count", async () => {
  const engine = (await engineOf("wasm", 1))!;
  const store = newStore(engine);
  const trainer = new Trainer(engine, store, { recipe, train, validation, stepsDone: 0 });
  trainer.step();
  store.values("weights", store.specs.find(({ name }) => name === "layers.1.gateUp")!)[7] = Number.NaN;
  expect(() => trainer.step()).toThrow(expect.objectContaining({ code: "NOT_FINITE" }));
  expect(trainer.stepsDone).toBe(1);
});
