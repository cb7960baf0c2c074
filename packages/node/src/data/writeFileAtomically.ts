/** Writing a file so that after a crash it is there as a whole or not at all. */
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { writeFault } from "./fileFault.ts";

/** What `writeFileAtomically` appends to the name while it writes; such a file is rubbish if nobody is writing it. */
export const temporarySuffix = ".tmp";

/**
 * Writes to a temporary file beside `path`, forces it to the disk, and renames it. On failure nothing is left behind.
 * Throws DataError CANNOT_WRITE.
 */
export async function writeFileAtomically(path: string, data: Uint8Array | string): Promise<void> {
  const temporary = `${path}${temporarySuffix}`;
  try {
    const file = await open(temporary, "w");
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw writeFault(error, path);
  }
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
