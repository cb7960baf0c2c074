/** The folder in which `neuroshard up` keeps its network. Marked, and `--fresh` deletes only what `up` put there. */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "./refusal.ts";

const MARK_FILE = "neuroshard-home.json";
const MARK = { format: 2, madeBy: "neuroshard up" };
/** What a network leaves in its home. Wallets are not among it: they may hold more than this network gave. */
const OURS =
  /^(genesis\.json|chain\.db(-wal|-shm)?|sequencer\.json|device\.json|network\.json|peers\.json|blobs|rounds|logs|node-\d+)$/;

/**
 * Makes the folder if needed; `isFresh` removes the network of earlier runs.
 * @throws {Refusal} when the folder cannot be used, or holds something that `up` did not put there.
 */
export function prepareHome(home: string, { isFresh }: { isFresh: boolean }): void {
  const mark = join(home, MARK_FILE);
  const isUsed = isFolder(home) && readdirSync(home).length > 0;
  if (isUsed && !existsSync(mark)) {
    throw new Refusal(`${home} was not made by \`neuroshard up\`; choose another folder with --home`);
  }
  try {
    mkdirSync(home, { recursive: true });
    if (isFresh) forgetNetwork(home);
    writeFileSync(mark, `${JSON.stringify(MARK)}\n`);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new Refusal(`cannot use ${home} as home folder (${cause}); choose another one with --home`);
  }
}

function forgetNetwork(home: string): void {
  for (const name of readdirSync(home).filter((entry) => OURS.test(entry))) {
    rmSync(join(home, name), { recursive: true, force: true });
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
