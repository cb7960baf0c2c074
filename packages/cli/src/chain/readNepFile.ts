/** A NEP file as a document that can be submitted. What is wrong with it is told by line and column. */
import { readFile } from "node:fs/promises";
import {
  type ChainClock,
  lintNepMarkdown,
  type NepDocument,
  type NepProblem,
  parseNepMarkdown,
  registryParameters,
} from "@neuroshard/sdk";
import { Refusal } from "../refusal.ts";
import type { Surface } from "../terminal/surface.ts";

/** @throws {Refusal} when the file cannot be read. */
export async function readTextFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const cause = error instanceof Error ? error.message.split(",")[0] : String(error);
    throw new Refusal(`cannot read ${path} (${cause}); check the path`);
  }
}

export function lintText(text: string, clock: ChainClock): readonly NepProblem[] {
  return lintNepMarkdown(text, { parameters: registryParameters(clock) });
}

export function describeProblem(path: string, { line, column, severity, code, message }: NepProblem): string {
  return `${path}:${line}:${column}: ${severity} ${code}: ${message}`;
}

/** @throws {Refusal} when the linter finds an error; all findings are on stderr then. */
export async function readNepFile(path: string, clock: ChainClock, { stderr }: Surface): Promise<NepDocument> {
  const text = await readTextFile(path);
  const problems = lintText(text, clock);
  for (const problem of problems) stderr.write(`${describeProblem(path, problem)}\n`);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  if (errors > 0) throw new Refusal(`${path} has ${countOf(errors)}; correct it and try again`);
  const parsed = parseNepMarkdown(text);
  if (!parsed.ok) throw new Error("internal: a file without errors cannot be read");
  return parsed.document;
}

export function countOf(errors: number): string {
  return errors === 1 ? "1 error" : `${errors} errors`;
}
