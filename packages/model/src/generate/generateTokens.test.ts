import type { Engine } from "@neuroshard/tensor";
import { openEngine } from "@neuroshard/tensor/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { forwardLogits } from "../../test/forwardLogits.ts";
import type { ModelConfig } from "../config.ts";
import { ParameterStore } from "../parameterStore.ts";
import { DecodeSession } from "./decodeSession.ts";
import { type GenerationOptions, generateTokens } from "./generateTokens.ts";
import { defaultSampling } from "./sample.ts";

const VOCABULARY = 23;
const CONTEXT = 9;
const config: ModelConfig = {
  vocabularySize: VOCABULARY,
  width: 16,
  layers: 2,
  heads: 2,
  keyHeads: 1,
  feedForwardWidth: 32,
  context: CONTEXT,
  tiedHead: false,
};

let engine: Engine;
let store: ParameterStore;
let session: DecodeSession;
beforeAll(async () => {
  engine = await openEngine({ kind: "wasm", threads: 1 });
  store = new ParameterStore(engine, config, "inference");
  store.initialize(5);
  // With its initial weights alone a model repeats one token.
  for (const spec of store.specs) {
    const values = store.values("weights", spec);
    if (spec.initial !== "ones") for (let i = 0; i < values.length; i++) values[i]! *= 20;
  }
  session = new DecodeSession(engine, store, { mode: "bf16", weights: "float" });
});
afterAll(() => engine.close());

const greedy = { ...defaultSampling, temperature: 0 };

function generate(prompt: readonly number[], options: Partial<GenerationOptions> = {}): number[] {
  const whole = { maxTokens: 20, seed: 1, sampling: greedy, endOfText: -1, ...options };
  return [...generateTokens(session, prompt, whole)];
}

/** The same by plain forward passes: the window starts anew with the last half of all tokens when it is full. */
function generatePlainly(prompt: readonly number[], count: number): number[] {
  const seen = [...prompt];
  let window = seen.slice(-CONTEXT);
  for (let n = 0; n < count; n++) {
    const logits = forwardLogits(engine, store, window, { mode: "bf16" }).subarray(-VOCABULARY);
    const next = logits.indexOf(Math.max(...logits));
    seen.push(next);
    window = window.length + 1 > CONTEXT ? seen.slice(-Math.ceil(CONTEXT / 2)) : [...window, next];
  }
  return seen.slice(prompt.length);
}

describe("greedy generation", () => {
  test("gives the tokens of plain forward passes, far beyond the context", () => {
    const tokens = generate([3, 1, 4], { maxTokens: 40 });
    expect(tokens).toEqual(generatePlainly([3, 1, 4], 40));
    expect(new Set(tokens).size).toBeGreaterThan(3);
  });

  test("sees the last tokens of a prompt that is as long as the context, or longer", () => {
    const long = Array.from({ length: 30 }, (_, i) => (i * 7) % VOCABULARY);
    for (const length of [CONTEXT - 1, CONTEXT, CONTEXT + 1, 30]) {
      const prompt = long.slice(0, length);
      expect(generate(prompt, { maxTokens: 12 }), `${length} tokens`).toEqual(generatePlainly(prompt, 12));
    }
  });

  test("of an empty prompt starts from the end of the text before, or from token 0", () => {
    expect(generate([])).toEqual(generate([0]));
    expect(generate([], { endOfText: 22, maxTokens: 4 })).toEqual(generate([22], { endOfText: 22, maxTokens: 4 }));
  });
});

describe("generation ends", () => {
  test("after maxTokens", () => {
    expect(generate([1, 2], { maxTokens: 7 }).length).toBe(7);
    expect(generate([1, 2], { maxTokens: 0 })).toEqual([]);
  });

  test("before the token that ends a text, which is not shown", () => {
    const tokens = generate([3, 1, 4]);
    const endOfText = tokens.find((token, i) => i > 1 && tokens.indexOf(token) === i)!;
    expect(generate([3, 1, 4], { endOfText })).toEqual(tokens.slice(0, tokens.indexOf(endOfText)));
  });
});

describe("sampled generation", () => {
  const sampling = { ...defaultSampling, temperature: 1.5, topK: 0 };

  test("is a function of the seed", () => {
    const tokens = generate([5], { seed: 7, sampling });
    expect(generate([5], { seed: 7, sampling })).toEqual(tokens);
    expect(generate([5], { seed: 8, sampling })).not.toEqual(tokens);
    expect(generate([5], { seed: 7 + 2 ** 32, sampling })).not.toEqual(tokens);
  });

  test("gives the same tokens on every machine, for ever", () => {
    expect(generate([5], { seed: 7, sampling })).toEqual([
      13, 17, 7, 11, 22, 20, 9, 0, 17, 11, 8, 7, 20, 10, 21, 11, 10, 11, 2, 1,
    ]);
  });

  test("penalizes tokens of the prompt and those generated", () => {
    const penalty = { ...greedy, repetitionPenalty: 1e6 };
    const tokens = generate([3, 1, 4], { sampling: penalty, maxTokens: 12 });
    expect(new Set([3, 1, 4, ...tokens]).size).toBe(15);
  });
});
