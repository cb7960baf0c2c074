/** Decoding of one text: feeding its tokens one by one, in chunks or all at once gives the same logits, bit for bit. */
import type { Engine } from "@neuroshard/tensor";
import type { ModelConfig } from "../config.ts";
import type { ParameterStore } from "../parameterStore.ts";
import { BatchDecoder, type BatchOptions } from "./batchDecoder.ts";

export type SessionOptions = Omit<BatchOptions, "slots">;

const SLOT = 0;

export class DecodeSession {
  readonly config: ModelConfig;
  readonly #decoder: BatchDecoder;

  constructor(engine: Engine, store: ParameterStore, options: SessionOptions) {
    this.config = store.config;
    this.#decoder = new BatchDecoder(engine, store, { ...options, slots: 1 });
  }

  /** Tokens in the cache. */
  get length(): number {
    return this.#decoder.length(SLOT);
  }

  /** Forgets all tokens. */
  reset(): void {
    this.#decoder.reset(SLOT);
  }

  /** Forgets all tokens and takes over weights that were trained meanwhile. */
  refresh(): void {
    this.#decoder.refresh();
  }

  /** Appends tokens and returns the logits after the last one, as BatchDecoder.feed does. */
  feed(tokens: readonly number[]): Float32Array {
    return this.#decoder.feed([{ slot: SLOT, tokens }])[0]!;
  }
}
