/** Which blobs must stay, and for what: one that several need stays until the last of them does without. */
import type { Digest } from "@neuroshard/protocol";
import type { RoundBlobs } from "./roundPorts.ts";

export class BlobKeeper {
  readonly #blobs: RoundBlobs;
  readonly #kept = new Map<string, ReadonlySet<Digest>>();

  constructor(blobs: RoundBlobs) {
    this.#blobs = blobs;
  }

  /** In place of what was kept for this purpose before. They need not be here yet. */
  keep(purpose: string, digests: Iterable<Digest>): void {
    const before = this.#kept.get(purpose) ?? new Set();
    const wanted = new Set(digests);
    if (wanted.size > 0) this.#kept.set(purpose, wanted);
    else this.#kept.delete(purpose);
    for (const digest of wanted) this.#blobs.pin(digest);
    for (const digest of before) if (!this.#isKept(digest)) this.#blobs.unpin(digest);
  }

  #isKept(digest: Digest): boolean {
    return [...this.#kept.values()].some((digests) => digests.has(digest));
  }
}
