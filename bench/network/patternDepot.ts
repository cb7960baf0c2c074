/**
 * A blob that takes no room: every chunk is the same bytes with its index in front. Whoever receives it counts and throws
 * away, so that the benchmark measures the network and not a disk.
 */
import type { BlobDepot } from "@neuroshard/network";
import { nodeHash } from "@neuroshard/node";
import { CHUNK_BYTES, chunkHash, type Digest, digestOfChunks } from "@neuroshard/protocol";

interface PatternBlob {
  readonly digest: Digest;
  readonly bytes: number;
  readonly hashes: readonly Uint8Array[];
}

function patternChunk(index: number): Uint8Array {
  const chunk = new Uint8Array(CHUNK_BYTES).fill(0x5a);
  new DataView(chunk.buffer).setUint32(0, index);
  return chunk;
}

function patternBlob(chunks: number): PatternBlob {
  const hashes = Array.from({ length: chunks }, (_, index) => chunkHash(patternChunk(index), nodeHash));
  return { digest: digestOfChunks(hashes), bytes: chunks * CHUNK_BYTES, hashes };
}

/** @param sizes In chunks: a blob of each is here. */
export function patternDepot(sizes: readonly number[]): {
  readonly depot: BlobDepot;
  readonly digests: readonly Digest[];
} {
  const blobs = new Map(sizes.map((chunks) => [chunks, patternBlob(chunks)]));
  const byDigest = new Map([...blobs.values()].map((blob) => [blob.digest, blob]));
  const depot: BlobDepot = {
    describe: async (digest) => byDigest.get(digest),
    readChunk: async (_, index) => patternChunk(index),
    begin: async () => new Set(),
    writeChunk: async () => undefined,
    finish: async () => undefined,
  };
  return { depot, digests: sizes.map((chunks) => blobs.get(chunks)!.digest) };
}
