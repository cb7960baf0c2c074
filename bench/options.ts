/** The command line of `npm run bench`. */
import { basename } from "node:path";
import { parseArgs } from "node:util";

export const sectionNames = [
  "train",
  "memory",
  "decode",
  "serving",
  "texts",
  "products",
  "tokenizer",
  "ledger",
  "blobs",
  "rounds",
  "outer",
  "quality",
  "convergence",
  "overhead",
] as const;
export type SectionName = (typeof sectionNames)[number];

/** Sections that take long, or need a text: only by their name. */
const SELDOM: readonly SectionName[] = ["texts", "quality", "convergence", "overhead"];

export interface Options {
  readonly only: readonly SectionName[];
  readonly rounds: number;
  /** UTF-8 text for the tokenizer and for quality; absent: the built-in stories, and no quality. */
  readonly text: string | undefined;
  /** Of each quality run. */
  readonly steps: number;
  /** Of the network whose overhead is measured. */
  readonly preset: string;
  /** Where this run's raw numbers go besides RESULTS.json. */
  readonly json: string | undefined;
  /** Folder of RESULTS.md and RESULTS.json. */
  readonly results: string;
}

export class BadOption extends Error {}

export const usage = `npm run bench -- [--only ${sectionNames.join(",")}] [--quality] [--rounds 5] [--text FILE]
                 [--steps 2000] [--preset small] [--json FILE] [--results FOLDER]`;

function parseCount(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new BadOption(`--${name} must be a whole number from 1 on, not ${text}`);
}

function parseSections(only: string | undefined, quality: boolean): readonly SectionName[] {
  const wanted = only?.split(",") ?? sectionNames.filter((name) => !SELDOM.includes(name));
  const unknown = wanted.find((name) => !(sectionNames as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new BadOption(`there is no section ${unknown}; choose from ${sectionNames.join(", ")}`);
  return sectionNames.filter((name) => wanted.includes(name) || (quality && name === "quality"));
}

function parseFlags(args: readonly string[]) {
  const options = {
    only: { type: "string" },
    quality: { type: "boolean", default: false },
    rounds: { type: "string", default: "5" },
    text: { type: "string" },
    steps: { type: "string", default: "2000" },
    preset: { type: "string", default: "small" },
    json: { type: "string" },
    results: { type: "string", default: "bench" },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new BadOption(error instanceof Error ? error.message : String(error));
  }
}

/** Throws BadOption. */
export function parseOptions(args: readonly string[]): Options {
  const { only, quality, rounds, text, steps, preset, json, results } = parseFlags(args);
  const sections = parseSections(only, quality);
  const onText = sections.find((section) => section === "quality" || section === "convergence");
  if (onText !== undefined && text === undefined)
    throw new BadOption(`${onText} needs --text FILE: tiny Shakespeare for the published figure`);
  return {
    only: sections,
    rounds: parseCount("rounds", rounds),
    text,
    steps: parseCount("steps", steps),
    preset,
    json,
    results,
  };
}

/** Which options change what a section measures; the others leave it as it is. */
const FLAGS: Readonly<Partial<Record<SectionName, readonly ("rounds" | "text" | "steps" | "preset")[]>>> = {
  memory: [],
  rounds: [],
  quality: ["steps", "text"],
  convergence: ["text"],
  tokenizer: ["rounds", "text"],
  overhead: ["rounds", "preset", "text"],
};

/** The command that measures one section as these options do; the text by its name, wherever it lies. */
export function commandFor(section: SectionName, options: Options): string {
  const flags = (FLAGS[section] ?? ["rounds"]).flatMap((flag) => {
    const value = flag === "text" && options.text !== undefined ? basename(options.text) : options[flag];
    return value === undefined ? [] : [`--${flag} ${value}`];
  });
  return ["npm run bench --", `--only ${section}`, ...flags].join(" ");
}
