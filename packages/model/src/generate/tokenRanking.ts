/**
 * Tokens from the most to the least likely, one at a time; equal logits by lower id. Mostly few are asked for, so they are
 * selected in chunks, each four times the one before: a scan leaves out nearly all tokens by one comparison.
 */
const FIRST_CHUNK = 64;

export class TokenRanking {
  readonly #logits: Float64Array;
  /** The present chunk, in order, and how many of it were given. */
  #chunk = new Uint32Array();
  #given = 0;
  /** Tokens in this chunk and all before. */
  #selected = 0;

  constructor(logits: Float64Array) {
    this.#logits = logits;
  }

  /** The most likely token that was not given yet; the caller asks for no more than there are. */
  next(): number {
    if (this.#given === this.#chunk.length) this.#select();
    return this.#chunk[this.#given++]!;
  }

  /** The best tokens after those given. */
  #select(): void {
    const logits = this.#logits;
    const last = this.#chunk.at(-1);
    const size = Math.min(this.#chunk.length * 4 || FIRST_CHUNK, logits.length - this.#selected);
    if (size === 0) throw new Error("internal: more tokens asked for than the vocabulary has");
    // The worst of the chosen is at the root; each is worse than its children at 2i + 1 and 2i + 2.
    const heap = new Uint32Array(size);
    let count = 0;
    let worst = Number.NEGATIVE_INFINITY;
    for (let token = 0; token < logits.length; token++) {
      // Of equal logits the earlier token is chosen already.
      if (count === size && !(logits[token]! > worst)) continue;
      if (last !== undefined && !isBefore(logits, last, token)) continue;
      if (count < size) {
        rise(logits, heap, count++, token);
      } else sink(logits, heap, size, token);
      worst = logits[heap[0]!]!;
    }
    for (let end = size - 1; end > 0; end--) {
      const moved = heap[end]!;
      heap[end] = heap[0]!;
      sink(logits, heap, end, moved);
    }
    this.#chunk = heap;
    this.#given = 0;
    this.#selected += size;
  }
}

function isBefore(logits: Float64Array, a: number, b: number): boolean {
  const difference = logits[a]! - logits[b]!;
  return difference > 0 || (difference === 0 && a < b);
}

/** Puts the token in place `from`, which is the end, and moves it up to where it belongs. */
function rise(logits: Float64Array, heap: Uint32Array, from: number, token: number): void {
  let at = from;
  while (at > 0) {
    const parent = (at - 1) >>> 1;
    if (!isBefore(logits, heap[parent]!, token)) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = token;
}

/** Puts the token at the root in place of what is there, and moves it down to where it belongs. */
function sink(logits: Float64Array, heap: Uint32Array, size: number, token: number): void {
  let at = 0;
  for (let child = 1; child < size; child = 2 * at + 1) {
    if (child + 1 < size && isBefore(logits, heap[child]!, heap[child + 1]!)) child += 1;
    if (!isBefore(logits, token, heap[child]!)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = token;
}
