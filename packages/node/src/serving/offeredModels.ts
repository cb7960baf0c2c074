/** Which models a writer of texts was given, by number, as long as a text may still be written by one. */
import type { Digest } from "@neuroshard/protocol";

export interface ServedModel {
  /** Of the weights. */
  readonly digest: Digest;
  readonly round: number;
  /** Inner steps that it was trained for. */
  readonly steps: number;
}

export class OfferedModels {
  readonly #models = new Map<number, ServedModel>();
  #last = 0;
  #serving = 0;

  /** The number of the newest one; 0 before the first. */
  get last(): number {
    return this.#last;
  }

  /** Returns its number. */
  add(model: ServedModel): number {
    this.#models.set(++this.#last, model);
    return this.#last;
  }

  /**
   * New texts are written by it from now on. The one before may have texts for a while, also such that have not begun; a writer
   * has two places, so none before that can.
   */
  serve(number: number): ServedModel {
    const model = this.of(number);
    for (const old of this.#models.keys()) if (old < number && old !== this.#serving) this.#models.delete(old);
    this.#serving = number;
    return model;
  }

  /** It will not be served. */
  refuse(number: number): void {
    this.#models.delete(number);
  }

  of(number: number): ServedModel {
    const model = this.#models.get(number);
    if (model === undefined) throw new Error(`internal: model ${number} was forgotten and still writes`);
    return model;
  }
}
