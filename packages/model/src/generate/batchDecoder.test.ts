import { type Engine, randomWords } from "@neuroshard/tensor";
import { openEngine } from "@neuroshard/tensor/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ModelConfig } from "../config.ts";
import type { ModelError } from "../modelError.ts";
import { ParameterStore } from "../parameterStore.ts";
import { BatchDecoder, type SlotTokens } from "./batchDecoder.ts";
import { DecodeSession, type SessionOptions } from "./decodeSession.ts";

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
/** Heads of a size that fills no vector. */
const oddHeads = { width: 60, heads: 6, keyHeads: 2, tiedHead: false } satisfies Partial<ModelConfig>;
const float: SessionOptions = { mode: "bf16", weights: "float" };

const engines = new Map<string, Engine>();
beforeAll(async () => {
  for (const [name, kind, threads] of [
    ["wasm", "wasm", 1],
    ["native", "native", 2],
  ] as const)
    engines.set(name, await openEngine({ kind, threads }));
});
afterAll(() => {
  for (const engine of engines.values()) engine.close();
});

function openStore(engine: Engine, changes: Partial<ModelConfig> = {}): ParameterStore {
  const store = new ParameterStore(engine, { ...config, ...changes }, "inference");
  store.initialize(3);
  for (const spec of store.specs) {
    const values = store.values("weights", spec);
    if (spec.initial !== "ones") for (let i = 0; i < values.length; i++) values[i]! *= 8;
  }
  return store;
}

/** The same draws for the same seed. */
function drawsOf(seed: number): (below: number) => number {
  let count = 0;
  return (below) => randomWords({ seed, purpose: "sampling" }, 0, count++)[0] % below;
}

/** A decoder and, for each of its slots, a session of its own that is fed the same. */
class Company {
  readonly decoder: BatchDecoder;
  readonly sessions: readonly DecodeSession[];
  readonly #draw: (below: number) => number;

  constructor(engine: Engine, store: ParameterStore, options: SessionOptions & { slots: number; seed: number }) {
    this.decoder = new BatchDecoder(engine, store, options);
    this.sessions = Array.from({ length: options.slots }, () => new DecodeSession(engine, store, options));
    this.#draw = drawsOf(options.seed);
  }

  /** Some slots in some order, each with a token, a prompt, or what fills its context; a full slot starts again. */
  drawPieces(): SlotTokens[] {
    const slots = this.sessions.map((_, slot) => ({ slot, order: this.#draw(1000) }));
    const chosen = slots.sort((a, b) => a.order - b.order).slice(0, 1 + this.#draw(slots.length));
    return chosen.map(({ slot }) => {
      const session = this.sessions[slot]!;
      if (session.length === session.config.context || this.#draw(15) === 0) this.#forget(slot);
      const room = session.config.context - session.length;
      const count = Math.min(room, [1, 1, 1, 1 + this.#draw(9), 1 + this.#draw(40), room][this.#draw(6)]!);
      return { slot, tokens: Array.from({ length: count }, () => this.#draw(session.config.vocabularySize)) };
    });
  }

  #forget(slot: number): void {
    this.decoder.reset(slot);
    this.sessions[slot]!.reset();
  }
}

describe.each(["wasm", "native"])("on the %s engine", (name) => {
  test.each([
    ["bf16", "float", {}],
    ["f32", "float", oddHeads],
    ["bf16", "float", oddHeads],
    ["bf16", "int8", oddHeads],
    ["f32", "int8", {}],
  ] as const)("a slot in company has the logits of a session alone (%s, %s, %o)", (mode, weights, changes) => {
    const engine = engines.get(name)!;
    const company = new Company(engine, openStore(engine, changes), { mode, weights, slots: 19, seed: 5 });
    for (let step = 0; step < 40; step++) {
      const pieces = company.drawPieces();
      const alone = pieces.map(({ slot, tokens }) => company.sessions[slot]!.feed(tokens));
      expect(company.decoder.feed(pieces), `step ${step}`).toEqual(alone);
      for (const [slot, session] of company.sessions.entries())
        expect(company.decoder.length(slot)).toBe(session.length);
    }
  });
});

describe("a decoder", () => {
  const openDecoder = (changes: Partial<ModelConfig> = {}) => {
    const store = openStore(engines.get("wasm")!, changes);
    return { store, decoder: new BatchDecoder(engines.get("wasm")!, store, { ...float, slots: 3 }) };
  };
  const lengths = (decoder: BatchDecoder): number[] => [0, 1, 2].map((slot) => decoder.length(slot));

  test("with one slot and a context of one token works", () => {
    const store = openStore(engines.get("wasm")!, { context: 1 });
    const decoder = new BatchDecoder(engines.get("wasm")!, store, { ...float, slots: 1 });
    const alone = new DecodeSession(engines.get("wasm")!, store, float).feed([5]);
    expect(decoder.feed([{ slot: 0, tokens: [5] }])).toEqual([alone]);
  });

  test("refuses a slot it does not have or was given twice, no tokens, and more than the context holds", () => {
    const { decoder } = openDecoder();
    const full = Array.from({ length: 70 }, () => 1);
    for (const pieces of [
      [{ slot: 3, tokens: [1] }],
      [{ slot: -1, tokens: [1] }],
      [
        { slot: 1, tokens: [1] },
        { slot: 1, tokens: [2] },
      ],
      [{ slot: 0, tokens: [] }],
      [{ slot: 0, tokens: [...full, 1] }],
    ])
      expect(() => decoder.feed(pieces)).toThrow("internal: ");
    expect(() => decoder.reset(3)).toThrow("internal: ");
    expect(() => decoder.length(3)).toThrow("internal: ");
    expect(lengths(decoder)).toEqual([0, 0, 0]);
    expect(decoder.feed([])).toEqual([]);
    decoder.feed([{ slot: 0, tokens: full }]);
    expect(() => decoder.feed([{ slot: 0, tokens: [1] }])).toThrow("internal: ");
  });

  test("refuses a token outside the vocabulary and holds what it held, in every slot", () => {
    const { decoder } = openDecoder();
    const [before] = decoder.feed([{ slot: 1, tokens: [3, 4] }]);
    for (const token of [67, -1, 1.5, Number.NaN]) {
      const pieces = [
        { slot: 0, tokens: [1] },
        { slot: 1, tokens: [...Array.from({ length: 40 }, () => 2), token] },
      ];
      expect(() => decoder.feed(pieces)).toThrow(RangeError);
    }
    expect(lengths(decoder)).toEqual([0, 2, 0]);
    decoder.reset(1);
    expect(decoder.feed([{ slot: 1, tokens: [3, 4] }])).toEqual([before]);
  });

  test("keeps its weights until it is refreshed, and then forgets all texts", () => {
    const { store, decoder } = openDecoder();
    const pieces = [0, 2].map((slot) => ({ slot, tokens: [1, 2, slot] }));
    const before = decoder.feed(pieces);
    store.values("weights", store.specs.find((spec) => spec.name === "layers.1.down")!).fill(0.5);
    decoder.reset(0);
    decoder.reset(2);
    expect(decoder.feed(pieces)).toEqual(before);
    decoder.refresh();
    expect(lengths(decoder)).toEqual([0, 0, 0]);
    const session = new DecodeSession(engines.get("wasm")!, store, float);
    const alone = pieces.map(({ tokens }) => {
      session.reset();
      return session.feed(tokens);
    });
    expect(decoder.feed(pieces)).toEqual(alone);
    expect(alone[0]).not.toEqual(before[0]);
  });

  test("of spoilt weights says so instead of giving a token", () => {
    const store = openStore(engines.get("wasm")!);
    store.values("weights", store.specs.find(({ name }) => name === "layers.0.qkv")!)[5] = Number.NaN;
    const decoder = new BatchDecoder(engines.get("wasm")!, store, { ...float, slots: 3 });
    expect(() => decoder.feed([{ slot: 2, tokens: [1, 2] }])).toThrow(
      expect.objectContaining({ code: "NOT_FINITE" } satisfies Partial<ModelError>),
    );
  });
});
