/** The blobs of a simulated machine: they outlive its process, and serve jobs and peers alike. */
import type { BlobDepot } from "@neuroshard/network";
import { nodeHash, type RoundBlobs } from "@neuroshard/node";
import { blobDigest, CHUNK_BYTES, chunkHashes, type Digest } from "@neuroshard/protocol";

interface Incoming {
  readonly bytes: Uint8Array;
  readonly chunks: Set<number>;
}

export class SimBlobs implements RoundBlobs, BlobDepot {
  readonly #most: number;
  readonly #whole = new Map<Digest, Uint8Array>();
  readonly #incoming = new Map<Digest, Incoming>();
  readonly #pinned = new Set<Digest>();

  /** @param most Blobs, beside the pinned ones. */
  constructor(most: number) {
    this.#most = most;
  }

  get(digest: Digest): Uint8Array | undefined {
    return this.#whole.get(digest);
  }

  put(bytes: Uint8Array): Digest {
    const digest = blobDigest(bytes, nodeHash);
    this.#keep(digest, bytes);
    return digest;
  }

  has(digest: Digest): boolean {
    return this.#whole.has(digest);
  }

  pin(digest: Digest): void {
    this.#pinned.add(digest);
  }

  unpin(digest: Digest): void {
    this.#pinned.delete(digest);
  }

  /** As a disk that lost everything. */
  clear(): void {
    this.#whole.clear();
    this.#incoming.clear();
    this.#pinned.clear();
  }

  async describe(digest: Digest) {
    const bytes = this.#whole.get(digest);
    return bytes && { bytes: bytes.length, hashes: chunkHashes(bytes, nodeHash) };
  }

  async readChunk(digest: Digest, index: number): Promise<Uint8Array | undefined> {
    return this.#whole.get(digest)?.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES);
  }

  async begin(digest: Digest, { bytes }: { readonly bytes: number }): Promise<ReadonlySet<number>> {
    const incoming = this.#incoming.get(digest) ?? { bytes: new Uint8Array(bytes), chunks: new Set() };
    this.#incoming.set(digest, incoming);
    return incoming.chunks;
  }

  async writeChunk(digest: Digest, index: number, chunk: Uint8Array): Promise<void> {
    const incoming = this.#incoming.get(digest);
    incoming?.bytes.set(chunk, index * CHUNK_BYTES);
    incoming?.chunks.add(index);
  }

  async finish(digest: Digest): Promise<void> {
    const incoming = this.#incoming.get(digest);
    this.#incoming.delete(digest);
    if (incoming !== undefined) this.#keep(digest, incoming.bytes);
  }

  /** The oldest that nobody has pinned makes room. */
  #keep(digest: Digest, bytes: Uint8Array): void {
    this.#whole.delete(digest);
    this.#whole.set(digest, bytes);
    const loose = [...this.#whole.keys()].filter((each) => !this.#pinned.has(each));
    for (const each of loose.slice(0, Math.max(0, loose.length - this.#most))) this.#whole.delete(each);
  }
}
