/**
 * Tokens from the most to the least likely, one at a time: few are asked for, so sorting all of them would be in vain.
 * Equal logits by lower id.
 */
export class TokenRanking {
  readonly #logits: Float64Array;
  /** A heap: each token is before its children at 2i + 1 and 2i + 2. */
  readonly #heap: Uint32Array;
  #size: number;

  constructor(logits: Float64Array) {
    this.#logits = logits;
    this.#size = logits.length;
    this.#heap = Uint32Array.from(logits.keys());
    for (let at = (this.#size >>> 1) - 1; at >= 0; at--) this.#sink(at);
  }

  /** The most likely token that was not given yet; the caller asks for no more than there are. */
  next(): number {
    if (this.#size === 0) throw new Error("internal: more tokens asked for than the vocabulary has");
    const token = this.#heap[0]!;
    this.#heap[0] = this.#heap[--this.#size]!;
    this.#sink(0);
    return token;
  }

  #sink(from: number): void {
    const token = this.#heap[from]!;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && this.#isBefore(this.#heap[child + 1]!, this.#heap[child]!)) child += 1;
      if (!this.#isBefore(this.#heap[child]!, token)) break;
      this.#heap[at] = this.#heap[child]!;
      at = child;
    }
    this.#heap[at] = token;
  }

  #isBefore(a: number, b: number): boolean {
    const difference = this.#logits[a]! - this.#logits[b]!;
    return difference > 0 || (difference === 0 && a < b);
  }
}
