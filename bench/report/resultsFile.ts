/** The files that keep results: a section of RESULTS.md between its markers, and the raw rounds in RESULTS.json. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PREAMBLE = `# Results of the benchmark

Written by \`npm run bench\`; how to run it and what it measures stands in [README.md](README.md). A section is replaced
when it is measured again, so each has its own date. Rounds of ours and of the peers are interleaved. A ratio is the
median of the ratios of each round, above 1 where we are faster. A measurement is quiet when other processes took less
than 0.25 cores meanwhile; where at least one is, only quiet ones count, else the number says "busy". Raw rounds:
RESULTS.json.
`;

function markersOf(name: string): { start: string; end: string } {
  return { start: `<!-- bench:${name} -->`, end: `<!-- /bench:${name} -->` };
}

/** The document with the text between a section's markers replaced, or with the section at its place in `order`. */
export function replaceSection(document: string, name: string, body: string, order: readonly string[]): string {
  const { start, end } = markersOf(name);
  const block = `${start}\n${body.trim()}\n${end}`;
  const [from, to] = [document.indexOf(start), document.indexOf(end)];
  if (from >= 0 && to >= from) return document.slice(0, from) + block + document.slice(to + end.length);
  const later = order.slice(order.indexOf(name) + 1).map((other) => document.indexOf(markersOf(other).start));
  const next = later.find((index) => index >= 0);
  if (next === undefined) return `${document.trimEnd()}\n\n${block}\n`;
  return `${document.slice(0, next)}${block}\n\n${document.slice(next)}`;
}

function readOr(path: string, otherwise: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : otherwise;
}

/** JSON with a line for each sample. */
export function rawText(raw: object): string {
  const sample = /\{\s+("value": \S+)\s+("otherCores": \S+)\s+\}/g;
  return `${JSON.stringify(raw, null, 1).replaceAll(sample, "{ $1 $2 }")}\n`;
}

export interface SectionRecord {
  readonly name: string;
  readonly markdown: string;
  readonly raw: object;
}

/** Leaves the other sections of both files as they are. */
export function saveSection(folder: string, { name, markdown, raw }: SectionRecord, order: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  const [textPath, rawPath] = [join(folder, "RESULTS.md"), join(folder, "RESULTS.json")];
  writeFileSync(textPath, replaceSection(readOr(textPath, PREAMBLE), name, markdown, order));
  const all = { ...(JSON.parse(readOr(rawPath, "{}")) as object), [name]: raw };
  writeFileSync(rawPath, rawText(all));
}
