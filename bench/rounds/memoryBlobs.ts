/** Blobs of an experiment, in memory; the oldest go when there are many. */
import { createHash } from "node:crypto";
import { blobDigest, type Digest } from "@neuroshard/protocol";
import type { BlobStore } from "@neuroshard/training";

function sha256(parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

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
    const digest = blobDigest(bytes, sha256);
    this.#blobs.delete(digest);
    this.#blobs.set(digest, bytes);
    const [oldest] = this.#blobs.keys();
    if (this.#blobs.size > this.#most && oldest !== undefined) this.#blobs.delete(oldest);
    return digest;
  }
}
