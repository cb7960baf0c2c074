/**
 * Files of whole blobs, each under its digest. No state of its own: the threads of a process may have one each over the
 * same folder. A file is there as a whole or not at all; one that has lost its content is removed when it is read.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { threadId } from "node:worker_threads";
import { blobDigest, type Digest } from "@neuroshard/protocol";
import { readFault, systemCode } from "../data/fileFault.ts";
import { nodeHash } from "./nodeHash.ts";
import { roomFault } from "./roomFault.ts";

export interface FoundFile {
  readonly digest: Digest;
  readonly bytes: number;
  readonly changedMs: number;
}

export type OnDamage = (digest: Digest) => void;

const FOLDER_NAME = /^[0-9a-f]{2}$/;
const FILE_NAME = /^[0-9a-f]{64}$/;

export class BlobFiles {
  readonly #folder: string;
  readonly #onDamage: OnDamage;
  #writes = 0;

  /** @param onDamage Called when a file had lost its content and was removed. */
  constructor(folder: string, onDamage: OnDamage = () => undefined) {
    this.#folder = folder;
    this.#onDamage = onDamage;
  }

  path(digest: Digest): string {
    return join(this.#folder, digest.slice(0, 2), digest);
  }

  has(digest: Digest): boolean {
    return existsSync(this.path(digest));
  }

  read(digest: Digest): Uint8Array | undefined {
    const path = this.path(digest);
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(path);
    } catch (error) {
      if (systemCode(error) === "ENOENT") return undefined;
      throw readFault(error, path);
    }
    if (blobDigest(bytes, nodeHash) === digest) return bytes;
    this.discard(digest);
    return undefined;
  }

  /** Over what is there: that may have been damaged. Throws NodeError NO_ROOM, DataError CANNOT_WRITE. */
  write(digest: Digest, bytes: Uint8Array): void {
    const path = this.path(digest);
    const temporary = `${path}.${threadId}-${this.#writes++}.tmp`;
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(temporary, bytes, { flush: true });
      renameSync(temporary, path);
    } catch (error) {
      removeIfPossible(temporary);
      throw roomFault(error, path);
    }
  }

  /** It has lost its content. */
  discard(digest: Digest): void {
    this.remove(digest);
    this.#onDamage(digest);
  }

  remove(digest: Digest): void {
    rmSync(this.path(digest), { force: true });
  }

  /** Whole ones, the oldest first. What interrupted writes have left is removed: nobody else may be writing. */
  clean(): readonly FoundFile[] {
    mkdirSync(this.#folder, { recursive: true });
    const found: FoundFile[] = [];
    for (const folder of readdirSync(this.#folder).filter((name) => FOLDER_NAME.test(name))) {
      for (const name of readdirSync(join(this.#folder, folder))) {
        const path = join(this.#folder, folder, name);
        if (!FILE_NAME.test(name)) rmSync(path, { force: true, recursive: true });
        else found.push({ digest: name as Digest, ...sizeAndTime(path) });
      }
    }
    return found.sort((a, b) => a.changedMs - b.changedMs);
  }
}

/** What stays is removed at the next start. */
function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    if (systemCode(error) === "") throw error;
  }
}

export function sizeAndTime(path: string): { readonly bytes: number; readonly changedMs: number } {
  const { size, mtimeMs } = statSync(path);
  return { bytes: size, changedMs: mtimeMs };
}
