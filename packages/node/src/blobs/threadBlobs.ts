/** Blobs as a thread beside the main one sees them: the same files, without say in what stays. */

import { blobDigest, type Digest } from "@neuroshard/protocol";
import type { BlobStore } from "@neuroshard/training";
import { NodeError } from "../nodeError.ts";
import { BlobFiles, type OnDamage } from "./blobFiles.ts";
import { BlobWriter } from "./blobWriter.ts";
import { nodeHash } from "./nodeHash.ts";

export interface ThreadBlobsOptions {
  readonly folder: string;
  /** Of the store of the main thread. */
  readonly fullFlag: SharedArrayBuffer;
  readonly onWritten: (digest: Digest, bytes: number) => void;
  readonly onDamage: OnDamage;
}

/** Copying and asking another thread takes longer for what is smaller. */
const LEAST_LATER_BYTES = 4_194_304;

export class ThreadBlobs implements BlobStore {
  readonly #files: BlobFiles;
  readonly #fullFlag: Int32Array;
  readonly #onWritten: ThreadBlobsOptions["onWritten"];
  readonly #folder: string;
  #writer: BlobWriter | undefined;

  constructor({ folder, fullFlag, onWritten, onDamage }: ThreadBlobsOptions) {
    this.#folder = folder;
    this.#files = new BlobFiles(folder, onDamage);
    this.#fullFlag = new Int32Array(fullFlag);
    this.#onWritten = onWritten;
  }

  get(digest: Digest): Uint8Array | undefined {
    return this.#files.read(digest);
  }

  /** Throws NodeError NO_ROOM, DataError CANNOT_WRITE. */
  put(bytes: Uint8Array): Digest {
    this.#requireRoom();
    const digest = blobDigest(bytes, nodeHash);
    this.#files.write(digest, bytes);
    this.#onWritten(digest, bytes.length);
    return digest;
  }

  /** As `put`; large blobs are hashed and written on another thread meanwhile. */
  putLater(parts: readonly Uint8Array[]): () => Digest {
    if (parts.reduce((sum, { length }) => sum + length, 0) < LEAST_LATER_BYTES) {
      const digest = this.put(Buffer.concat(parts));
      return () => digest;
    }
    this.#requireRoom();
    this.#writer ??= new BlobWriter(this.#folder);
    const written = this.#writer.write(parts);
    return () => {
      const { digest, bytes } = written();
      this.#onWritten(digest, bytes);
      return digest;
    };
  }

  async close(): Promise<void> {
    await this.#writer?.close();
  }

  #requireRoom(): void {
    if (Atomics.load(this.#fullFlag, 0) === 0) return;
    throw new NodeError("NO_ROOM", "what is kept fills the room for blobs; set aside more for this node");
  }
}
