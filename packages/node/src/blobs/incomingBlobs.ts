/**
 * Blobs on their way here, each a file that fills in any order. After a restart a transfer goes on: which chunks are there
 * is found out by their hashes.
 */
import { constants, mkdirSync, readdirSync, rmSync } from "node:fs";
import { type FileHandle, mkdir, open, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CHUNK_BYTES, chunkCountOf, type Digest, digestOfChunks } from "@neuroshard/protocol";
import { NodeError } from "../nodeError.ts";
import { type FoundFile, sizeAndTime } from "./blobFiles.ts";
import { type BlobDescription, isChunk, readChunkOf } from "./describeFile.ts";
import { roomFault } from "./roomFault.ts";

/** Made where it is not there, and never emptied. */
const IN_PLACE = constants.O_RDWR | constants.O_CREAT;

interface Incoming extends BlobDescription {
  readonly present: Set<number>;
}

export class IncomingBlobs {
  readonly #folder: string;
  readonly #incoming = new Map<Digest, Promise<Incoming>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What earlier transfers have left. */
  list(): readonly FoundFile[] {
    mkdirSync(this.#folder, { recursive: true });
    const names = readdirSync(this.#folder).filter((name) => /^[0-9a-f]{64}$/.test(name));
    return names.map((name) => ({ digest: name as Digest, ...sizeAndTime(this.#path(name as Digest)) }));
  }

  /** Chunks that are here. */
  async begin(digest: Digest, description: BlobDescription): Promise<ReadonlySet<number>> {
    const { bytes, hashes } = description;
    if (hashes.length !== chunkCountOf(bytes) || digestOfChunks(hashes) !== digest) {
      throw new Error("internal: a transfer begins with a description of another blob");
    }
    const begun = this.#incoming.get(digest) ?? this.#resume(digest, description);
    this.#incoming.set(digest, begun);
    try {
      return new Set((await begun).present);
    } catch (error) {
      this.#incoming.delete(digest);
      throw error;
    }
  }

  /** Throws NodeError NO_ROOM: the disk is full, or the transfer was dropped for others. */
  async writeChunk(digest: Digest, index: number, chunk: Uint8Array): Promise<void> {
    const incoming = await this.#require(digest);
    const path = this.#path(digest);
    try {
      await fill(await open(path, IN_PLACE), chunk, index * CHUNK_BYTES);
    } catch (error) {
      throw roomFault(error, path);
    }
    await this.#require(digest);
    incoming.present.add(index);
  }

  /** Moves the whole blob to `target`; it is on the disk when this resolves. Returns its length. */
  async finish(digest: Digest, target: string): Promise<number> {
    const { bytes, hashes, present } = await this.#require(digest);
    if (present.size !== hashes.length) throw new Error("internal: a transfer ends before its last chunk");
    const path = this.#path(digest);
    try {
      await mkdir(dirname(target), { recursive: true });
      await settle(await open(path, IN_PLACE), bytes);
      await rename(path, target);
    } catch (error) {
      throw roomFault(error, path);
    }
    this.#incoming.delete(digest);
    return bytes;
  }

  drop(digest: Digest): void {
    this.#incoming.delete(digest);
    rmSync(this.#path(digest), { force: true });
  }

  async #resume(digest: Digest, { bytes, hashes }: BlobDescription): Promise<Incoming> {
    const present = new Set<number>();
    for (const [index, hash] of hashes.entries()) {
      const chunk = await readChunkOf(this.#path(digest), index);
      if (chunk === undefined || chunk.length === 0) break;
      const wanted = chunk.subarray(0, bytes - index * CHUNK_BYTES);
      if (isChunk(wanted, hash)) present.add(index);
    }
    return { bytes, hashes, present };
  }

  async #require(digest: Digest): Promise<Incoming> {
    const incoming = await this.#incoming.get(digest);
    if (incoming !== undefined) return incoming;
    // A write may have made it anew.
    this.drop(digest);
    const message = "a blob on its way here was dropped for others; set aside more room for blobs";
    throw new NodeError("NO_ROOM", message);
  }

  #path(digest: Digest): string {
    return join(this.#folder, digest);
  }
}

async function fill(file: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  try {
    for (let written = 0; written < chunk.length; ) {
      const { bytesWritten } = await file.write(chunk, written, chunk.length - written, position + written);
      written += bytesWritten;
    }
  } finally {
    await file.close();
  }
}

async function settle(file: FileHandle, bytes: number): Promise<void> {
  try {
    await file.truncate(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
