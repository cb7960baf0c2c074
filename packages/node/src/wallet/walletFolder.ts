/** The wallets of a home folder: one file each, `wallets/NAME.json`. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readFault, systemCode } from "../data/fileFault.ts";
import { UsageError } from "../nodeError.ts";

const FOLDER = "wallets";
const ENDING = ".json";
/** What is a file name everywhere, and leads out of no folder. */
const NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/** @throws {UsageError} for a name that is none. */
export function walletPath(home: string, name: string): string {
  if (!NAME.test(name))
    throw new UsageError(
      `a wallet cannot be named '${name}'; use up to 64 of a-z, 0-9, - and _, a letter or digit first`,
    );
  return join(home, FOLDER, `${name}${ENDING}`);
}

/** Sorted; empty where there is no folder. */
export async function walletNames(home: string): Promise<readonly string[]> {
  const folder = join(home, FOLDER);
  try {
    const names = (await readdir(folder)).filter((file) => file.endsWith(ENDING));
    return names
      .map((file) => file.slice(0, -ENDING.length))
      .filter((name) => NAME.test(name))
      .sort();
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw readFault(error, folder);
  }
}
