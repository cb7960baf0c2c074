/** How many tokens were written, and how fast lately. */

/** Long enough for a steady figure, short enough to follow what happens. */
const WINDOW_MS = 5000;
const BUCKET_MS = 500;

interface Bucket {
  readonly startMs: number;
  tokens: number;
}

export class Speed {
  readonly #buckets: Bucket[] = [];
  #total = 0;

  /** A token at a time of a clock that never goes back. */
  note(nowMs: number): void {
    this.#total += 1;
    const last = this.#buckets.at(-1);
    if (last !== undefined && nowMs < last.startMs + BUCKET_MS) last.tokens += 1;
    else this.#buckets.push({ startMs: nowMs, tokens: 1 });
    this.#forget(nowMs);
  }

  at(nowMs: number): { readonly perSecond: number; readonly total: number } {
    this.#forget(nowMs);
    const tokens = this.#buckets.reduce((sum, bucket) => sum + bucket.tokens, 0);
    return { perSecond: (tokens * 1000) / WINDOW_MS, total: this.#total };
  }

  #forget(nowMs: number): void {
    while (this.#buckets.length > 0 && this.#buckets[0]!.startMs < nowMs - WINDOW_MS) this.#buckets.shift();
  }
}
