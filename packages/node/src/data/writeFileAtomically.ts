/** Writing a file so that after a crash it is there as a whole or not at all. */
import { type FileHandle, lstat, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { writeFault } from "./fileFault.ts";

/** What `writeFileAtomically` appends to the name while it writes; such a file is rubbish if nobody is writing it. */
export const temporarySuffix = ".tmp";

export interface WriteOptions {
  /** Permissions that the file has from its first byte on; by default those of the system. */
  readonly mode?: number;
  /** Refuses to replace anything: a file at `path`, or a half-written one, which another process may be writing. */
  readonly isNew?: boolean;
}

/**
 * Writes to a temporary file beside `path`, forces it to the disk, and renames it. On failure nothing is left behind.
 * Throws DataError CANNOT_WRITE.
 */
export async function writeFileAtomically(
  path: string,
  data: Uint8Array | string,
  { mode, isNew = false }: WriteOptions = {},
): Promise<void> {
  const temporary = `${path}${temporarySuffix}`;
  try {
    // Opened exclusively, the temporary file is also the lock under which a second writer cannot slip in.
    const file = await open(temporary, isNew ? "wx" : "w", mode);
    try {
      if (isNew) await refuseExisting(path);
      await fill(file, data);
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
    await syncFolder(dirname(path));
  } catch (error) {
    throw writeFault(error, path);
  }
}

async function fill(file: FileHandle, data: Uint8Array | string): Promise<void> {
  try {
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function refuseExisting(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found !== undefined) throw Object.assign(new Error(`${path} exists`), { code: "EEXIST" });
}

/** Makes a rename durable. Windows cannot open folders and needs no such step. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
