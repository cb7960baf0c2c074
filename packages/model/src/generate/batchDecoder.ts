/**
 * Decoding of several texts at once: each slot holds one text, with a cache of its keys and values. Every row of a step is
 * one token of some text, and its arithmetic is its own: tokens fed one by one, in chunks or all at once, alone or beside
 * those of other texts, give the same logits, bit for bit.
 */
import type { Engine, OperandMode } from "@neuroshard/tensor";
import { ModelError } from "../modelError.ts";
import type { ParameterStore } from "../parameterStore.ts";
import { type DecodeRow, DecodeStep, rowCounts } from "./decodeStep.ts";
import { KeyValueCaches } from "./keyValueCaches.ts";
import { ServingWeights, type WeightFormat } from "./servingWeights.ts";

export interface BatchOptions {
  readonly mode: OperandMode;
  readonly weights: WeightFormat;
  /** Texts that can be in work at once. */
  readonly slots: number;
}

/** Tokens to append to the text in a slot. */
export interface SlotTokens {
  readonly slot: number;
  readonly tokens: readonly number[];
}

/** Rule A5: no token is chosen from logits that are not numbers. A plain loop: this runs for every token. */
function expectFinite(logits: Float32Array): Float32Array {
  for (let i = 0; i < logits.length; i++)
    if (!Number.isFinite(logits[i]!))
      throw new ModelError(
        "NOT_FINITE",
        "the model's output is not a finite number, its weights are spoilt; use an earlier checkpoint",
      );
  return logits;
}

export class BatchDecoder {
  readonly slots: number;
  readonly context: number;
  readonly #vocabularySize: number;
  readonly #weights: ServingWeights;
  /** From few rows to many. */
  readonly #steps: readonly DecodeStep[];
  readonly #lengths: number[];

  constructor(engine: Engine, store: ParameterStore, { mode, weights, slots }: BatchOptions) {
    const { context, vocabularySize } = store.config;
    this.slots = slots;
    this.context = context;
    this.#vocabularySize = vocabularySize;
    this.#weights = new ServingWeights(engine, store, mode, weights);
    this.#lengths = Array.from({ length: slots }, () => 0);
    const caches = new KeyValueCaches(engine, store.config, slots);
    const parts = { config: store.config, mode, weights: this.#weights, caches };
    this.#steps = rowCounts(slots).map((rows) => new DecodeStep(engine, parts, rows));
  }

  /** Tokens that the slot holds. */
  length(slot: number): number {
    this.#expectSlot(slot);
    return this.#lengths[slot]!;
  }

  /** Forgets what the slot holds. */
  reset(slot: number): void {
    this.#expectSlot(slot);
    this.#lengths[slot] = 0;
  }

  /** Forgets all texts and takes over weights that were replaced meanwhile. */
  refresh(): void {
    this.#weights.refresh();
    this.#lengths.fill(0);
  }

  /**
   * Appends each piece to its slot and returns the logits after its last token: (vocabulary) each, copies.
   * The caller names each slot once and keeps its length within the context (`internal:` otherwise).
   * Throws RangeError for a token outside the vocabulary, ModelError NOT_FINITE.
   */
  feed(pieces: readonly SlotTokens[]): Float32Array[] {
    for (const piece of pieces) this.#expectPiece(piece);
    if (new Set(pieces.map(({ slot }) => slot)).size < pieces.length)
      throw new Error("internal: a slot is fed twice in one call");
    const rows = pieces.flatMap(({ slot, tokens }) => this.#rowsOf(slot, tokens));
    const results: Float32Array[] = [];
    const most = this.#steps.at(-1)!.rows;
    for (let from = 0; from < rows.length; from += most) {
      const part = rows.slice(from, from + most);
      const step = this.#steps.find((candidate) => candidate.rows >= part.length)!;
      for (const logits of step.run(part)) results.push(expectFinite(logits));
    }
    for (const { slot, tokens } of pieces) this.#lengths[slot]! += tokens.length;
    return results;
  }

  #rowsOf(slot: number, tokens: readonly number[]): DecodeRow[] {
    const past = this.#lengths[slot]!;
    return tokens.map((token, i) => ({ token, slot, position: past + i, isWanted: i === tokens.length - 1 }));
  }

  #expectSlot(slot: number): void {
    if (this.#lengths[slot] === undefined) throw new Error("internal: there is no such slot");
  }

  #expectPiece({ slot, tokens }: SlotTokens): void {
    this.#expectSlot(slot);
    if (tokens.length === 0 || this.#lengths[slot]! + tokens.length > this.context)
      throw new Error("internal: nothing to feed, or more than the context holds");
    for (const token of tokens)
      if (!Number.isInteger(token) || token < 0 || token >= this.#vocabularySize)
        throw new RangeError(`token ${token} is outside the vocabulary of ${this.#vocabularySize}`);
  }
}
