/** The journal of a node's rounds as files of a folder; each is there as a whole or not at all. */
import { existsSync, mkdirSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { readFault, systemCode } from "../data/fileFault.ts";
import { temporarySuffix, writeFileAtomically } from "../data/writeFileAtomically.ts";
import type { JournalFiles } from "./roundPorts.ts";

export function openFileJournal(folder: string): JournalFiles {
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
  return {
    async list() {
      return (await readdir(folder)).filter((name) => !name.endsWith(temporarySuffix));
    },
    async read(name) {
      try {
        return await readFile(join(folder, name));
      } catch (error) {
        if (systemCode(error) === "ENOENT") return undefined;
        throw readFault(error, join(folder, name));
      }
    },
    write: (name, bytes) => writeFileAtomically(join(folder, name), bytes),
    remove: (name) => rm(join(folder, name), { force: true }),
  };
}
