/** How much each client may ask: a bucket that holds `capacity` and gains `perSecond`; each request takes one. */
export interface BucketLimits {
  readonly perSecond: number;
  readonly capacity: number;
}

interface Bucket {
  tokens: number;
  /** When `tokens` was right. */
  atMs: number;
}

/** More clients than that at once, and those that have been quiet longest begin anew. */
const MOST_CLIENTS = 4096;

export class TokenBuckets {
  readonly #limits: BucketLimits;
  /** Longest quiet first. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(limits: BucketLimits) {
    this.#limits = limits;
  }

  /** Takes one; 0, or how many seconds it takes until there is one. @param nowMs Of a clock that never goes back. */
  take(client: string, nowMs: number): number {
    const { perSecond, capacity } = this.#limits;
    const before = this.#buckets.get(client) ?? { tokens: capacity, atMs: nowMs };
    const tokens = Math.min(capacity, before.tokens + ((nowMs - before.atMs) / 1000) * perSecond);
    const isAllowed = tokens >= 1;
    this.#buckets.delete(client);
    this.#buckets.set(client, { tokens: isAllowed ? tokens - 1 : tokens, atMs: nowMs });
    this.#forgetQuiet();
    return isAllowed ? 0 : (1 - tokens) / perSecond;
  }

  #forgetQuiet(): void {
    if (this.#buckets.size <= MOST_CLIENTS) return;
    const [quiet] = this.#buckets.keys();
    this.#buckets.delete(quiet!);
  }
}
