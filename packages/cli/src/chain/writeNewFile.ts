/** Text that a command made: to a new file, or to stdout. */
import { writeFile } from "node:fs/promises";
import { Refusal } from "../refusal.ts";
import { printJson, type Surface } from "../terminal/surface.ts";

interface MadeText {
  readonly text: string;
  readonly out: string | undefined;
  readonly json: true | undefined;
}

/** With `json`, the text is a member of an object. @throws {Refusal} when the file exists or cannot be written. */
export async function writeNewFile({ text, out, json }: MadeText, surface: Surface): Promise<void> {
  if (out === undefined) {
    if (json) printJson(surface, { text });
    else surface.stdout.write(text);
    return;
  }
  try {
    await writeFile(out, text, { flag: "wx" });
  } catch (error) {
    const isThere = error instanceof Error && "code" in error && error.code === "EEXIST";
    if (isThere) throw new Refusal(`${out} exists; choose another name`);
    throw new Refusal(`cannot write ${out} (${error instanceof Error ? error.message : error}); choose another place`);
  }
  if (json) printJson(surface, { path: out });
  else surface.stderr.write(`wrote ${out}\n`);
}
