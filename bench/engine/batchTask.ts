/**
 * Times several streams that are decoded together, tokens chosen as a server does: random weights, the default sampling.
 * Request: {"config": "nano" | "small8k", "streams": 16, "promptTokens": 16, "newTokens": 100}; answer: see BatchAnswer.
 */
import { BatchDecoder, defaultSampling, ParameterStore, sample } from "@neuroshard/model";
import { type Engine, type OperandMode, randomUnit, randomWords } from "@neuroshard/tensor";
import { type ConfigName, configs } from "../configs.ts";

const SLOTS = 16;

export interface BatchRequest {
  readonly config: ConfigName;
  readonly streams: number;
  readonly promptTokens: number;
  /** Of each stream. */
  readonly newTokens: number;
}

export interface BatchAnswer {
  /** Of all streams together, after the prompts. */
  readonly tokensPerSecond: number;
}

export class BatchTask {
  readonly #engine: Engine;
  readonly #mode: OperandMode;
  readonly #decoders = new Map<ConfigName, BatchDecoder>();

  constructor(engine: Engine, mode: OperandMode) {
    this.#engine = engine;
    this.#mode = mode;
  }

  answer({ config, streams, promptTokens, newTokens }: BatchRequest): BatchAnswer {
    const decoder = this.#decoder(config);
    const { vocabularySize } = configs[config].model;
    const texts = Array.from({ length: streams }, (_, slot) =>
      Array.from(
        { length: promptTokens },
        (_, i) => randomWords({ seed: slot, purpose: "dataOrder" }, 0, i)[0] % vocabularySize,
      ),
    );
    for (const slot of texts.keys()) decoder.reset(slot);
    let logits = decoder.feed(texts.map((tokens, slot) => ({ slot, tokens })));
    const start = performance.now();
    for (let n = 0; n < newTokens; n++) {
      for (const [slot, tokens] of texts.entries()) {
        const draw = randomUnit({ seed: slot, purpose: "sampling" }, 0, n);
        tokens.push(sample(logits[slot]!, defaultSampling, draw, { tokens, promptLength: promptTokens }));
      }
      logits = decoder.feed(texts.map((tokens, slot) => ({ slot, tokens: tokens.slice(-1) })));
    }
    return { tokensPerSecond: (1000 * streams * newTokens) / (performance.now() - start) };
  }

  #decoder(config: ConfigName): BatchDecoder {
    const known = this.#decoders.get(config);
    if (known !== undefined) return known;
    const store = new ParameterStore(this.#engine, configs[config].model, "inference");
    store.initialize(0);
    const decoder = new BatchDecoder(this.#engine, store, { mode: this.#mode, weights: "float", slots: SLOTS });
    this.#decoders.set(config, decoder);
    return decoder;
  }
}
