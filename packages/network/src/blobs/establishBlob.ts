/**
 * What a blob consists of, as one source says and proves: the hashes give the digest, and the last chunk, which is
 * asked for at once, proves the length. Then the depot makes room. Spec: spec/network.md#N8.
 */
import {
  CHUNK_BYTES,
  chunkCountOf,
  chunkHash,
  type Digest,
  digestOfChunks,
  type HashParts,
} from "@neuroshard/protocol";
import { PeerFault } from "../peer/peerFault.ts";
import type { BlobSource } from "./blobSource.ts";

export interface ProvenBlob {
  readonly bytes: number;
  readonly hashes: readonly Uint8Array[];
  /** Undefined where the blob is empty. */
  readonly lastChunk: Uint8Array | undefined;
}

/** @param bytes What the source said when it was opened, with hashes. Throws PeerFault `wrong-digest`. */
export async function establishBlob(
  source: BlobSource,
  digest: Digest,
  bytes: number,
  hash: HashParts,
): Promise<ProvenBlob> {
  const hashes = await source.hashes(bytes);
  if (digestOfChunks(hashes) !== digest) {
    throw new PeerFault("wrong-digest", `the hashes that came are not those of ${digest.slice(0, 16)}`);
  }
  const last = chunkCountOf(bytes) - 1;
  if (last < 0) return { bytes, hashes, lastChunk: undefined };
  await source.take(last, 1);
  const { chunk } = await source.next();
  checkChunk({ bytes, hashes }, last, chunk, hash);
  return { bytes, hashes, lastChunk: chunk };
}

/** Throws PeerFault `wrong-digest`. */
export function checkChunk(
  { bytes, hashes }: Pick<ProvenBlob, "bytes" | "hashes">,
  index: number,
  chunk: Uint8Array,
  hash: HashParts,
): void {
  const length = Math.min(CHUNK_BYTES, bytes - index * CHUNK_BYTES);
  if (chunk.length !== length) {
    throw new PeerFault("wrong-digest", `chunk ${index} has ${chunk.length} bytes instead of ${length}`);
  }
  if (!isSame(chunkHash(chunk, hash), hashes[index]!)) {
    throw new PeerFault("wrong-digest", `chunk ${index} is not what its hash says`);
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
