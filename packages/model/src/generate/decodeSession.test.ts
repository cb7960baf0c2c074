import type { Engine } from "@neuroshard/tensor";
import { openEngine } from "@neuroshard/tensor/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { forwardLogits } from "../../test/forwardLogits.ts";
import type { ModelConfig } from "../config.ts";
import type { ModelError } from "../modelError.ts";
import { ParameterStore } from "../parameterStore.ts";
import { DecodeSession } from "./decodeSession.ts";

const config: ModelConfig = {
  vocabularySize: 67,
  width: 32,
  layers: 2,
  heads: 4,
  keyHeads: 2,
  feedForwardWidth: 72,
  context: 70,
  tiedHead: true,
};

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ kind: "wasm", threads: 1 });
});
afterAll(() => engine.close());

function openStore(changes: Partial<ModelConfig> = {}): ParameterStore {
  const store = new ParameterStore(engine, { ...config, ...changes }, "inference");
  store.initialize(3);
  for (const spec of store.specs) {
    const values = store.values("weights", spec);
    if (spec.initial !== "ones") for (let i = 0; i < values.length; i++) values[i]! *= 8;
  }
  return store;
}

const prompt = (count: number): number[] => Array.from({ length: count }, (_, i) => (i * i + 5 * i) % 67);

/** Feeds the tokens in pieces of one length and returns the logits after each piece. */
function feedInPieces(session: DecodeSession, tokens: readonly number[], length: number): Float32Array[] {
  session.reset();
  const pieces: Float32Array[] = [];
  for (let from = 0; from < tokens.length; from += length) pieces.push(session.feed(tokens.slice(from, from + length)));
  return pieces;
}

describe.each([
  ["bf16", true],
  ["f32", true],
  ["bf16", false],
] as const)("in mode %s, tied head %s", (mode, tiedHead) => {
  test.each([1, 31, 32, 33, 40, 64, 70])("a prompt of %d tokens has the logits of the plain forward pass", (count) => {
    const store = openStore({ tiedHead });
    const session = new DecodeSession(engine, store, { mode, weights: "float" });
    const tokens = prompt(count);
    const plain = forwardLogits(engine, store, tokens, { mode });
    const rowAfter = (n: number): Float32Array => plain.subarray((n - 1) * 67, n * 67);
    expect(feedInPieces(session, tokens, count)).toEqual([rowAfter(count)]);
    expect(session.length).toBe(count);
    for (const length of [1, 7, 32, 33])
      feedInPieces(session, tokens, length).forEach((logits, piece) => {
        expect(logits, `pieces of ${length}`).toEqual(rowAfter(Math.min(count, (piece + 1) * length)));
      });
  });
});

describe("a session", () => {
  test("on the reference engine has the same logits", async () => {
    const reference = await openEngine({ kind: "reference" });
    const results = [engine, reference].map((on) => {
      const store = new ParameterStore(on, config, "inference");
      store.initialize(3);
      return new DecodeSession(on, store, { mode: "bf16", weights: "float" }).feed(prompt(35));
    });
    expect(results[1]).toEqual(results[0]);
  });

  test("with a context shorter than a chunk decodes token by token", () => {
    const store = openStore({ context: 5 });
    const session = new DecodeSession(engine, store, { mode: "bf16", weights: "float" });
    const plain = forwardLogits(engine, store, prompt(5), { mode: "bf16" });
    expect(session.feed(prompt(5))).toEqual(plain.slice(-67));
  });

  test("refuses no tokens, and more than its context holds", () => {
    const session = new DecodeSession(engine, openStore(), { mode: "bf16", weights: "float" });
    expect(() => session.feed([])).toThrow("internal: nothing to feed, or more than the context holds");
    session.feed(prompt(69));
    expect(() => session.feed([1, 2])).toThrow("internal: nothing to feed");
    session.feed([1]);
    expect(() => session.feed([1])).toThrow("internal: nothing to feed");
  });

  test("refuses a token outside the vocabulary and is as before", () => {
    const session = new DecodeSession(engine, openStore(), { mode: "bf16", weights: "float" });
    expect(() => session.feed([67])).toThrow(RangeError);
    expect(session.length).toBe(0);
  });

  test("keeps its weights until it is refreshed", () => {
    const store = openStore();
    const session = new DecodeSession(engine, store, { mode: "bf16", weights: "float" });
    const before = session.feed(prompt(3));
    const down = store.specs.find(({ name }) => name === "layers.1.down")!;
    store.values("weights", down).fill(0.5);
    session.reset();
    expect(session.feed(prompt(3))).toEqual(before);
    session.refresh();
    expect(session.length).toBe(0);
    const after = session.feed(prompt(3));
    expect(after).not.toEqual(before);
    expect(after).toEqual(forwardLogits(engine, store, prompt(3), { mode: "bf16" }).slice(-67));
  });

  test("of spoilt weights says so instead of giving a token", () => {
    const store = openStore();
    store.values("weights", store.specs.find(({ name }) => name === "layers.0.qkv")!)[5] = Number.NaN;
    const session = new DecodeSession(engine, store, { mode: "bf16", weights: "float" });
    expect(() => session.feed(prompt(2))).toThrow(
      expect.objectContaining({ code: "NOT_FINITE" } satisfies Partial<ModelError>),
    );
  });
});

describe("a session with int8 weights", () => {
  test.each([true, false])("has nearly the logits of the float one (tied head %s)", (tiedHead) => {
    const store = openStore({ tiedHead });
    const [float, int8] = (["float", "int8"] as const).map((weights) =>
      new DecodeSession(engine, store, { mode: "f32", weights }).feed(prompt(40)),
    ) as [Float32Array, Float32Array];
    const rms = (values: Float32Array): number => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
    const error = rms(int8.map((x, i) => x - float[i]!)) / rms(float);
    expect(error).toBeLessThan(0.08);
    expect(error).toBeGreaterThan(0);
  });

  test("has the same logits however the tokens are fed, in either mode", () => {
    const store = openStore();
    for (const mode of ["bf16", "f32"] as const) {
      const session = new DecodeSession(engine, store, { mode, weights: "int8" });
      const [whole] = feedInPieces(session, prompt(40), 40);
      expect(feedInPieces(session, prompt(40), 1).at(-1)).toEqual(whole);
      expect(feedInPieces(session, prompt(40), 7).at(-1)).toEqual(whole);
    }
  });
});
