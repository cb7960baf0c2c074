/**
 * The blobs of a node on its disk: read and written by work, given to peers and taken from them, within a quota. Whatever
 * leaves the store has the digest that it is asked for by; what has lost it is removed.
 */
import { join } from "node:path";
import type { BlobDepot } from "@neuroshard/network";
import { blobDigest, type Digest, digestOfChunks } from "@neuroshard/protocol";
import { writeFault } from "../data/fileFault.ts";
import type { RoundBlobs } from "../rounds/roundPorts.ts";
import { BlobFiles, type OnDamage } from "./blobFiles.ts";
import { BlobRoom } from "./blobRoom.ts";
import { type BlobDescription, describeFile, isChunk, readChunkOf } from "./describeFile.ts";
import { IncomingBlobs } from "./incomingBlobs.ts";
import { nodeHash } from "./nodeHash.ts";

export interface FileBlobStoreOptions {
  /** Nobody else writes there but threads of this process, by ThreadBlobs. */
  readonly folder: string;
  readonly quotaBytes: number;
  /** Called when a blob that was here turns out damaged, after it was removed: it is missing now. */
  readonly onDamage?: OnDamage;
}

/** Of a transfer, for the room that it takes. */
const PART = ".part";

export class FileBlobStore implements RoundBlobs, BlobDepot {
  readonly folder: string;
  readonly #files: BlobFiles;
  readonly #incoming: IncomingBlobs;
  readonly #room: BlobRoom;
  readonly #onDamage: OnDamage;
  /** Of blobs whose files have been checked. */
  readonly #descriptions = new Map<Digest, Promise<BlobDescription | undefined>>();

  /** Throws DataError CANNOT_WRITE. */
  constructor({ folder, quotaBytes, onDamage = () => undefined }: FileBlobStoreOptions) {
    this.folder = folder;
    this.#onDamage = onDamage;
    this.#files = new BlobFiles(folder, (digest) => this.noteDamaged(digest));
    this.#incoming = new IncomingBlobs(join(folder, "incoming"));
    this.#room = new BlobRoom(quotaBytes, (name) => this.#drop(name));
    try {
      for (const { digest, bytes } of this.#incoming.list()) this.#room.note(digest + PART, bytes);
      for (const { digest, bytes } of this.#files.clean()) this.#room.note(digest, bytes);
    } catch (error) {
      throw writeFault(error, folder);
    }
  }

  /** For threads that write into the folder: an int32 that is 1 while there is no room. */
  get fullFlag(): SharedArrayBuffer {
    return this.#room.fullFlag;
  }

  /** Of the disk. */
  get usedBytes(): number {
    return this.#room.takenBytes;
  }

  /** What is needed alone takes more than there is. */
  get isFull(): boolean {
    return this.#room.isFull;
  }

  setQuota(bytes: number): void {
    this.#room.setQuota(bytes);
  }

  get(digest: Digest): Uint8Array | undefined {
    const bytes = this.#files.read(digest);
    if (bytes === undefined) this.#forget(digest);
    else this.#room.touch(digest);
    return bytes;
  }

  /** Throws NodeError NO_ROOM, DataError CANNOT_WRITE. */
  put(bytes: Uint8Array): Digest {
    const digest = blobDigest(bytes, nodeHash);
    this.#room.reserve(digest, bytes.length);
    try {
      this.#files.write(digest, bytes);
    } catch (error) {
      this.recheck(digest);
      throw error;
    }
    return digest;
  }

  has(digest: Digest): boolean {
    this.#room.touch(digest);
    return this.#room.has(digest);
  }

  pin(digest: Digest): void {
    this.#room.pin(digest);
  }

  unpin(digest: Digest): void {
    this.#room.unpin(digest);
  }

  /** A thread has written it. */
  noteWritten(digest: Digest, bytes: number): void {
    this.#room.note(digest, bytes);
  }

  /** It was damaged, and was removed: here, or by a thread. */
  noteDamaged(digest: Digest): void {
    // Several may come upon it at the same time.
    const isNew = this.#room.has(digest);
    this.#forget(digest);
    if (isNew) this.#onDamage(digest);
  }

  /** A thread did not find it. */
  recheck(digest: Digest): void {
    if (!this.#files.has(digest)) this.#forget(digest);
  }

  async describe(digest: Digest): Promise<BlobDescription | undefined> {
    if (!this.has(digest)) return undefined;
    const known = this.#descriptions.get(digest) ?? this.#check(digest);
    this.#descriptions.set(digest, known);
    try {
      const description = await known;
      if (description === undefined) this.#forget(digest);
      return description;
    } catch (error) {
      this.#descriptions.delete(digest);
      throw error;
    }
  }

  async readChunk(digest: Digest, index: number): Promise<Uint8Array | undefined> {
    const hash = (await this.describe(digest))?.hashes[index];
    if (hash === undefined) return undefined;
    const chunk = await readChunkOf(this.#files.path(digest), index);
    if (chunk !== undefined && isChunk(chunk, hash)) return chunk;
    this.#files.discard(digest);
    return undefined;
  }

  async begin(digest: Digest, description: BlobDescription): Promise<ReadonlySet<number>> {
    this.#room.reserve(digest + PART, description.bytes);
    return this.#incoming.begin(digest, description);
  }

  async writeChunk(digest: Digest, index: number, chunk: Uint8Array): Promise<void> {
    this.#room.touch(digest + PART);
    await this.#incoming.writeChunk(digest, index, chunk);
  }

  async finish(digest: Digest): Promise<void> {
    const bytes = await this.#incoming.finish(digest, this.#files.path(digest));
    this.#room.forget(digest + PART);
    this.#room.note(digest, bytes);
  }

  async #check(digest: Digest): Promise<BlobDescription | undefined> {
    const description = await describeFile(this.#files.path(digest));
    if (description === undefined || digestOfChunks(description.hashes) === digest) return description;
    this.#files.discard(digest);
    return undefined;
  }

  #drop(name: string): void {
    if (name.endsWith(PART)) {
      this.#incoming.drop(name.slice(0, -PART.length) as Digest);
      return;
    }
    this.#files.remove(name as Digest);
    this.#descriptions.delete(name as Digest);
  }

  #forget(digest: Digest): void {
    this.#room.forget(digest);
    this.#descriptions.delete(digest);
  }
}
