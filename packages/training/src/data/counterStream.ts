/**
 * Random integers as a pure function of (seed, purpose, position): the keys of rule A4 ("random numbers come from a
 * counter"). Nothing here keeps hidden state between runs, so any draw can be recomputed on any machine.
 */
import { philox4x32 } from "@neuroshard/tensor";

const wordRange = 0x100000000;

/** A purpose is a four-letter ASCII code read as a uint32; streams of different purposes never share a draw. */
export const randomPurpose = {
  /** "STOR": the choices of the story grammar. */
  stories: 0x53544f52,
  /** "SAMP": the offsets of training windows. */
  samples: 0x53414d50,
} as const;

/** The low and high word of a seed or counter. Throws RangeError unless it is an integer in [0, 2^53). */
export function wordsOf(value: number, name: string): [low: number, high: number] {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${name} must be an integer from 0 to 2^53 - 1, not ${value}`);
  }
  return [value >>> 0, Math.floor(value / wordRange)];
}

/** Maps a uniform uint32 onto [0, bound) without bias; undefined when the word falls into the uneven rest. */
export function reduceWord(word: number, bound: number): number | undefined {
  return word < wordRange - (wordRange % bound) ? word % bound : undefined;
}

export interface CounterStreamOptions {
  readonly seed: number;
  readonly purpose: number;
  /** Which stream of this seed and purpose, e.g. a document's index. */
  readonly index: number;
}

/** The draws of one stream in order. */
export class CounterStream {
  readonly #key: readonly [number, number];
  readonly #index: readonly [number, number];
  readonly #purpose: number;
  #words: readonly number[] = [];
  #used = 0;
  #block = 0;

  constructor({ seed, purpose, index }: CounterStreamOptions) {
    this.#key = wordsOf(seed, "seed");
    this.#index = wordsOf(index, "index");
    this.#purpose = purpose;
  }

  /** A uniform integer in [0, bound), 1 <= bound <= 2^32. */
  below(bound: number): number {
    for (;;) {
      const value = reduceWord(this.#nextWord(), bound);
      if (value !== undefined) return value;
    }
  }

  #nextWord(): number {
    if (this.#used === this.#words.length) {
      this.#words = philox4x32(...this.#key, this.#block, ...this.#index, this.#purpose);
      this.#block += 1;
      this.#used = 0;
    }
    const word = this.#words[this.#used] as number;
    this.#used += 1;
    return word;
  }
}
