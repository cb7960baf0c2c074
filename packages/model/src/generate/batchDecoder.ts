/**
 * Decoding of several texts at once: each slot holds one text. A slot's logits are those of a DecodeSession of its own,
 * bit for bit, whatever else is fed with it.
 */
import type { Engine } from "@neuroshard/tensor";
import type { ParameterStore } from "../parameterStore.ts";
import { DecodeSession, type SessionOptions } from "./decodeSession.ts";

export interface BatchOptions extends SessionOptions {
  /** Texts that can be in work at once. */
  readonly slots: number;
}

/** Tokens to append to the text in a slot. */
export interface SlotTokens {
  readonly slot: number;
  readonly tokens: readonly number[];
}

export class BatchDecoder {
  readonly slots: number;
  readonly context: number;
  readonly #sessions: readonly DecodeSession[];

  constructor(engine: Engine, store: ParameterStore, { slots, ...options }: BatchOptions) {
    this.slots = slots;
    this.context = store.config.context;
    this.#sessions = Array.from({ length: slots }, () => new DecodeSession(engine, store, options));
  }

  /** Tokens that the slot holds. */
  length(slot: number): number {
    return this.#session(slot).length;
  }

  /** Forgets what the slot holds. */
  reset(slot: number): void {
    this.#session(slot).reset();
  }

  /** Forgets all texts and takes over weights that were replaced meanwhile. */
  refresh(): void {
    for (const session of this.#sessions) session.refresh();
  }

  /**
   * Appends each piece to its slot and returns the logits after its last token: (vocabulary) each, copies.
   * The caller names each slot once and keeps its length within the context (`internal:` otherwise).
   * Throws RangeError for a token outside the vocabulary, ModelError NOT_FINITE.
   */
  feed(pieces: readonly SlotTokens[]): Float32Array[] {
    if (new Set(pieces.map(({ slot }) => slot)).size !== pieces.length)
      throw new Error("internal: a slot is fed twice in one call");
    return pieces.map(({ slot, tokens }) => this.#session(slot).feed(tokens));
  }

  #session(slot: number): DecodeSession {
    const session = this.#sessions[slot];
    if (session === undefined) throw new Error("internal: there is no such slot");
    return session;
  }
}
