/** The folder in which `neuroshard up` keeps its model. Marked, so that `--fresh` never deletes what is not ours. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "./refusal.ts";

const MARK_FILE = "neuroshard-home.json";
const MARK = { format: 1, madeBy: "neuroshard up" };

/**
 * Makes the folder if needed and gives the path of the model in it; `isFresh` removes the model of earlier runs.
 * @throws {Refusal} when the folder cannot be used, or holds a model that `up` did not put there.
 */
export function prepareHome(home: string, { isFresh }: { isFresh: boolean }): string {
  const mark = join(home, MARK_FILE);
  const model = join(home, "model");
  if (existsSync(model) && !existsSync(mark)) {
    throw new Refusal(`${model} was not made by \`neuroshard up\`; choose another folder with --home`);
  }
  try {
    mkdirSync(home, { recursive: true });
    writeFileSync(mark, `${JSON.stringify(MARK)}\n`);
    if (isFresh) rmSync(model, { recursive: true, force: true });
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new Refusal(`cannot use ${home} as home folder (${cause}); choose another one with --home`);
  }
  return model;
}
