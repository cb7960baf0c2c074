/** Draws the choices of one document and keeps account of their information. */
import { log } from "@neuroshard/tensor";
import { CounterStream, streamKey } from "../data/counterStream.ts";

export class Chooser {
  readonly #stream: CounterStream;
  #bits = 0;

  constructor(seed: number, document: number) {
    this.#stream = new CounterStream(streamKey(seed, "stories"), document);
  }

  /** The sum of -log2(probability) over all choices so far. Reported only; no text depends on it. */
  get bits(): number {
    return this.#bits;
  }

  /** A uniform integer in [0, bound). */
  below(bound: number): number {
    this.#bits += log(bound) / Math.LN2;
    return this.#stream.below(bound);
  }

  /** A uniform integer from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** One of the options, all equally likely. */
  pick<T>(options: readonly T[]): T {
    return options[this.below(options.length)] as T;
  }

  /** One of the options, each with the chance weight / (sum of weights). */
  pickWeighted<T extends { readonly weight: number }>(options: readonly T[]): T {
    const total = options.reduce((sum, option) => sum + option.weight, 0);
    let rest = this.#stream.below(total);
    const chosen = options.find((option) => {
      rest -= option.weight;
      return rest < 0;
    }) as T;
    this.#bits += log(total / chosen.weight) / Math.LN2;
    return chosen;
  }

  /** True with the chance `wanted` / `of`. */
  chance(wanted: number, of: number): boolean {
    return this.pickWeighted([
      { weight: wanted, outcome: true },
      { weight: of - wanted, outcome: false },
    ]).outcome;
  }
}
