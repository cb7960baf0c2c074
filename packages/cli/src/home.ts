/** The folder in which `neuroshard up` keeps its network. Marked, so that `--fresh` never deletes what is not ours. */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "./refusal.ts";

const MARK_FILE = "neuroshard-home.json";
const MARK = { format: 2, madeBy: "neuroshard up" };

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
    if (isFresh && isUsed) rmSync(home, { recursive: true, force: true });
    mkdirSync(home, { recursive: true });
    writeFileSync(mark, `${JSON.stringify(MARK)}\n`);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new Refusal(`cannot use ${home} as home folder (${cause}); choose another one with --home`);
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
