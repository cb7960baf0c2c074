/**
 * The name of a blob: the root of the RFC 6962 list of its chunks of 1 MiB, the last one as long as it is. Chunks can be
 * checked one by one against the list of their leaf hashes, so they may come from anybody.
 */
import { bytesToHex, concatBytes, type Digest, sha256 } from "../crypto/hash.ts";
import { rootOfHashes } from "./merkleList.ts";

export const CHUNK_BYTES = 1_048_576;

const LEAF = Uint8Array.of(0);

/** SHA-256 of the parts one after the other. A port: machines have faster ones than the portable one. */
export type HashParts = (parts: readonly Uint8Array[]) => Uint8Array;

export const portableHash: HashParts = (parts) => sha256(concatBytes(...parts));

export function chunkCountOf(bytes: number): number {
  return Math.ceil(bytes / CHUNK_BYTES);
}

/** Leaf hash of one chunk, 32 bytes. */
export function chunkHash(chunk: Uint8Array, hash: HashParts = portableHash): Uint8Array {
  return hash([LEAF, chunk]);
}

export function chunkHashes(bytes: Uint8Array, hash: HashParts = portableHash): Uint8Array[] {
  return Array.from({ length: chunkCountOf(bytes.length) }, (_, index) =>
    chunkHash(bytes.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES), hash),
  );
}

/** The name of the blob whose chunks have these leaf hashes. */
export function digestOfChunks(hashes: readonly Uint8Array[]): Digest {
  return bytesToHex(rootOfHashes(hashes)) as Digest;
}

export function blobDigest(bytes: Uint8Array, hash: HashParts = portableHash): Digest {
  return digestOfChunks(chunkHashes(bytes, hash));
}
