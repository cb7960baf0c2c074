/** Length and leaf hashes of a file's chunks, read piece by piece. */
import { type FileHandle, open } from "node:fs/promises";
import { CHUNK_BYTES, chunkHash } from "@neuroshard/protocol";
import { systemCode } from "../data/fileFault.ts";
import { nodeHash } from "./nodeHash.ts";

export interface BlobDescription {
  readonly bytes: number;
  readonly hashes: readonly Uint8Array[];
}

/** Whether these bytes are those with the leaf hash. */
export function isChunk(chunk: Uint8Array, hash: Uint8Array): boolean {
  return Buffer.compare(chunkHash(chunk, nodeHash), hash) === 0;
}

/** Undefined where there is no file. */
export async function describeFile(path: string): Promise<BlobDescription | undefined> {
  return withFile(path, async (file) => {
    const hashes: Uint8Array[] = [];
    let bytes = 0;
    for (;;) {
      const chunk = await chunkAt(file, hashes.length);
      if (chunk.length === 0) return { bytes, hashes };
      hashes.push(chunkHash(chunk, nodeHash));
      bytes += chunk.length;
    }
  });
}

/** As much of the chunk as the file has; undefined where there is no file. */
export async function readChunkOf(path: string, index: number): Promise<Uint8Array | undefined> {
  return withFile(path, (file) => chunkAt(file, index));
}

async function chunkAt(file: FileHandle, index: number): Promise<Uint8Array> {
  const chunk = new Uint8Array(CHUNK_BYTES);
  let filled = 0;
  while (filled < CHUNK_BYTES) {
    const rest = CHUNK_BYTES - filled;
    const { bytesRead } = await file.read(chunk, filled, rest, index * CHUNK_BYTES + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return chunk.subarray(0, filled);
}

async function withFile<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T | undefined> {
  let file: FileHandle;
  try {
    file = await open(path, "r");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}
