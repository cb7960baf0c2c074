/** Blobs of an experiment, in memory; the oldest go when there are many. */
import { nodeHash } from "@neuroshard/node";
import { blobDigest, type Digest } from "@neuroshard/protocol";
import type { BlobStore } from "@neuroshard/training";

export class MemoryBlobs implements BlobStore {
  readonly #most: number;
  readonly #blobs = new Map<Digest, Uint8Array>();

  constructor(most: number) {
    this.#most = most;
  }

  get(digest: Digest): Uint8Array | undefined {
    return this.#blobs.get(digest);
  }

  put(bytes: Uint8Array): Digest {
    const digest = blobDigest(bytes, nodeHash);
    this.#blobs.delete(digest);
    this.#blobs.set(digest, bytes);
    const [oldest] = this.#blobs.keys();
    if (this.#blobs.size > this.#most && oldest !== undefined) this.#blobs.delete(oldest);
    return digest;
  }
}
