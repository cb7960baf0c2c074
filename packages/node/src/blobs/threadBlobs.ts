/** Blobs as a thread beside the main one sees them: the same files, without say in what stays. */

import { blobDigest, type Digest } from "@neuroshard/protocol";
import type { BlobStore } from "@neuroshard/training";
import { NodeError } from "../nodeError.ts";
import { BlobFiles } from "./blobFiles.ts";
import { nodeHash } from "./nodeHash.ts";

export interface ThreadBlobsOptions {
  readonly folder: string;
  /** Of the store of the main thread. */
  readonly fullFlag: SharedArrayBuffer;
  readonly onWritten: (digest: Digest, bytes: number) => void;
}

export class ThreadBlobs implements BlobStore {
  readonly #files: BlobFiles;
  readonly #fullFlag: Int32Array;
  readonly #onWritten: ThreadBlobsOptions["onWritten"];

  constructor({ folder, fullFlag, onWritten }: ThreadBlobsOptions) {
    this.#files = new BlobFiles(folder);
    this.#fullFlag = new Int32Array(fullFlag);
    this.#onWritten = onWritten;
  }

  get(digest: Digest): Uint8Array | undefined {
    return this.#files.read(digest);
  }

  /** Throws NodeError NO_ROOM, DataError CANNOT_WRITE. */
  put(bytes: Uint8Array): Digest {
    if (Atomics.load(this.#fullFlag, 0) === 1) {
      throw new NodeError("NO_ROOM", "what is kept fills the room for blobs; set aside more for this node");
    }
    const digest = blobDigest(bytes, nodeHash);
    this.#files.write(digest, bytes);
    this.#onWritten(digest, bytes.length);
    return digest;
  }
}
