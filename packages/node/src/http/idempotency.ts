/**
 * Answers that are given again: whoever repeats a request under the same key, because no answer came, gets the first answer
 * and nothing happens twice. Bounded in number and in time.
 */
import { createHash } from "node:crypto";
import { HttpFault, refused } from "./httpFault.ts";

export interface KeyedRequest {
  /** Keys of one client mean nothing for another. */
  readonly client: string;
  readonly key: string;
  readonly routeId: string;
  readonly body: unknown;
}

/** `isRepeated`: the answer is that of an earlier request. */
export interface KeyedAnswer {
  readonly value: unknown;
  readonly isRepeated: boolean;
}

interface Kept {
  readonly bodyDigest: string;
  readonly keptAtMs: number;
  /** Kept before it is there: two of the same at once are one. */
  readonly outcome: Promise<unknown>;
}

const MOST_KEPT = 10_000;
const KEPT_MS = 24 * 3_600_000;
const KEY = /^[\x21-\x7e]{1,64}$/;
const TOO_MANY_REQUESTS = 429;
const INTERNAL = 500;

/** Throws HttpFault for what is no key. */
export function readIdempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === "string" && KEY.test(header)) return header;
  throw refused("BAD_REQUEST", {
    path: "header.idempotency-key",
    reason: "is not 1 to 64 printable ASCII characters without spaces",
  });
}

export class IdempotentAnswers {
  /** The oldest first. */
  readonly #kept = new Map<string, Kept>();
  readonly #now: () => number;

  /** @param now Milliseconds of a clock that never goes back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Throws what `act` throws, then and now; HttpFault where the key came with another body. */
  async answer({ client, key, routeId, body }: KeyedRequest, act: () => Promise<unknown>): Promise<KeyedAnswer> {
    this.#forgetOld();
    const name = JSON.stringify([client, routeId, key]);
    const bodyDigest = createHash("sha256").update(JSON.stringify(body)).digest("base64url");
    const kept = this.#kept.get(name);
    if (kept !== undefined && kept.bodyDigest !== bodyDigest) throw refused("IDEMPOTENCY_CONFLICT", { key });
    if (kept !== undefined) return { value: await kept.outcome, isRepeated: true };
    const outcome = act();
    this.#kept.set(name, { bodyDigest, keptAtMs: this.#now(), outcome });
    try {
      return { value: await outcome, isRepeated: false };
    } catch (error) {
      if (!isFinal(error)) this.#kept.delete(name);
      throw error;
    }
  }

  #forgetOld(): void {
    const oldestMs = this.#now() - KEPT_MS;
    for (const [name, { keptAtMs }] of this.#kept) {
      if (keptAtMs > oldestMs && this.#kept.size < MOST_KEPT) return;
      this.#kept.delete(name);
    }
  }
}

/** "Later" and "a fault of the node" are no answers: the next attempt may have one. */
function isFinal(error: unknown): boolean {
  return error instanceof HttpFault && error.status < INTERNAL && error.status !== TOO_MANY_REQUESTS;
}
