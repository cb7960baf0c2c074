/**
 * Times greedy generation of one stream with a key/value cache: `small` with a vocabulary of 8192 and random weights.
 * Request: {"weights": "float" | "int8", "promptTokens": 16, "newTokens": 200}; answer: see DecodeAnswer.
 */
import { DecodeSession, defaultSampling, generateTokens, ParameterStore, type WeightFormat } from "@neuroshard/model";
import { type Engine, type OperandMode, randomWords } from "@neuroshard/tensor";
import { configs } from "../configs.ts";

export interface DecodeRequest {
  readonly weights: WeightFormat;
  readonly promptTokens: number;
  readonly newTokens: number;
}

export interface DecodeAnswer {
  /** Of the new tokens after the first, which the prompt yields. */
  readonly tokensPerSecond: number;
  readonly prefillMilliseconds: number;
}

export class DecodeTask {
  readonly #engine: Engine;
  readonly #mode: OperandMode;
  readonly #sessions = new Map<WeightFormat, DecodeSession>();
  #store: ParameterStore | undefined;

  constructor(engine: Engine, mode: OperandMode) {
    this.#engine = engine;
    this.#mode = mode;
  }

  answer({ weights, promptTokens, newTokens }: DecodeRequest): DecodeAnswer {
    const { vocabularySize } = configs.small8k.model;
    const prompt = Array.from(
      { length: promptTokens },
      (_, i) => randomWords({ seed: 2, purpose: "dataOrder" }, 0, i)[0] % vocabularySize,
    );
    const sampling = { ...defaultSampling, temperature: 0 };
    const options = { maxTokens: newTokens, seed: 0, sampling, endOfText: -1 };
    const tokens = generateTokens(this.#session(weights), prompt, options);
    const start = performance.now();
    tokens.next();
    const prefilled = performance.now();
    const count = [...tokens].length;
    const end = performance.now();
    return { tokensPerSecond: (1000 * count) / (end - prefilled), prefillMilliseconds: prefilled - start };
  }

  #session(weights: WeightFormat): DecodeSession {
    if (this.#store === undefined) {
      this.#store = new ParameterStore(this.#engine, configs.small8k.model, "inference");
      this.#store.initialize(0);
    }
    const session =
      this.#sessions.get(weights) ?? new DecodeSession(this.#engine, this.#store, { mode: this.#mode, weights });
    this.#sessions.set(weights, session);
    return session;
  }
}
