/** Rates: for each key a bucket that holds a period's worth, is full at first, and fills evenly. */

export interface Rate {
  /** What may be taken at once. */
  readonly burst: number;
  /** In which an empty bucket is full again. */
  readonly fillMs: number;
}

interface Bucket {
  /** Times `fillMs`, so that what fills in whole milliseconds is a whole number. */
  level: number;
  atMs: number;
  rate: Rate;
}

/** So many buckets are kept before the full ones, which say nothing, are dropped. */
const MOST_BUCKETS = 8192;

export class Allowances {
  readonly #nowMs: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** 0: `amount` was there and has been taken. Otherwise it was not, and will be after so many milliseconds. */
  take(key: string, rate: Rate, amount = 1): number {
    const bucket = this.#bucketOf(key, rate);
    fill(bucket, this.#nowMs());
    const wanted = amount * rate.fillMs;
    if (bucket.level < wanted) return Math.ceil((wanted - bucket.level) / rate.burst);
    bucket.level -= wanted;
    return 0;
  }

  #bucketOf(key: string, rate: Rate): Bucket {
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      if (this.#buckets.size >= MOST_BUCKETS) this.#dropFull();
      bucket = { level: rate.burst * rate.fillMs, atMs: this.#nowMs(), rate };
      this.#buckets.set(key, bucket);
    }
    return bucket;
  }

  #dropFull(): void {
    for (const [key, bucket] of this.#buckets) {
      fill(bucket, this.#nowMs());
      if (bucket.level === bucket.rate.burst * bucket.rate.fillMs) this.#buckets.delete(key);
    }
  }
}

function fill(bucket: Bucket, nowMs: number): void {
  const { burst, fillMs } = bucket.rate;
  bucket.level = Math.min(burst * fillMs, bucket.level + (nowMs - bucket.atMs) * burst);
  bucket.atMs = nowMs;
}
