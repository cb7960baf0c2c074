/** Reading a file that holds a secret: only while nobody else on the machine can read it. */
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import process from "node:process";
import { readFault, systemCode } from "../data/fileFault.ts";
import { NodeError } from "../nodeError.ts";
import { Secret } from "./secret.ts";

/** A wallet or a phrase has some hundred bytes. */
const MOST_BYTES = 65_536;
const OTHERS = 0o077;

/** Throws NodeError NO_SECRET_FILE, BAD_SECRET_FILE or EXPOSED_SECRET, and DataError where the system cannot read it. */
export async function readSecretFile(path: string): Promise<Secret<string>> {
  try {
    // Not blocking: a pipe in the place of the file would be waited for without end.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      await refuseExposed(file, path);
      return new Secret(await file.readFile("utf8"));
    } finally {
      await file.close();
    }
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw readFault(error, path);
    throw new NodeError(
      "NO_SECRET_FILE",
      `${path} does not exist; check the name, or make a wallet with \`neuroshard wallet new\``,
    );
  }
}

/** Asked of the open file, so that nobody can exchange it in between. */
async function refuseExposed(file: FileHandle, path: string): Promise<void> {
  const status = await file.stat();
  if (!status.isFile() || status.size > MOST_BYTES)
    throw new NodeError("BAD_SECRET_FILE", `${path} is no file of some hundred bytes; give the path of the right one`);
  // Windows has access lists in place of these bits, and shows the same bits for every file.
  if (process.platform !== "win32" && (status.mode & OTHERS) !== 0)
    throw new NodeError("EXPOSED_SECRET", `other users of this machine may read ${path}; run chmod 600 ${path}`);
}
