/** Random integers without bias from the counter generator (rule A4): any draw can be recomputed on any machine. */
import { type Purpose, randomWords, type StreamKey } from "@neuroshard/tensor";

const wordRange = 2 ** 32;

/** Throws RangeError unless `value` is an integer in [0, limit). */
export function requireCount(value: number, limit: number, name: string): void {
  if (Number.isSafeInteger(value) && value >= 0 && value < limit) return;
  throw new RangeError(`${name} must be an integer from 0 to ${limit - 1}, not ${value}`);
}

/** The key of a stream. Throws RangeError unless the seed is an integer in [0, 2^53). */
export function streamKey(seed: number, purpose: Purpose): StreamKey {
  requireCount(seed, 2 ** 53, "the seed");
  return { seed, purpose };
}

/** Maps a uniform uint32 onto [0, bound) without bias; undefined when the word falls into the uneven rest. */
export function reduceWord(word: number, bound: number): number | undefined {
  return word < wordRange - (wordRange % bound) ? word % bound : undefined;
}

/** The draws at one major position of a stream (for example one document), in order. */
export class CounterStream {
  readonly #key: StreamKey;
  readonly #major: number;
  #words: readonly number[] = [];
  #used = 0;
  #minor = 0;

  constructor(key: StreamKey, major: number) {
    requireCount(major, wordRange, "the position in a random stream");
    this.#key = key;
    this.#major = major;
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
      this.#words = randomWords(this.#key, this.#major, this.#minor);
      this.#minor += 1;
      this.#used = 0;
    }
    const word = this.#words[this.#used] as number;
    this.#used += 1;
    return word;
  }
}
