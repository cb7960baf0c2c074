/** The command line of `npm run gates`. */
import { parseArgs } from "node:util";

export const gateNames = ["smoke", "tiny", "three-nodes", "churn", "restart"] as const;
export type GateName = (typeof gateNames)[number];

export interface Options {
  readonly only: readonly GateName[];
  readonly seconds: number | undefined;
  readonly nodes: number | undefined;
  readonly preset: string | undefined;
  /** A text, or "stories". */
  readonly data: string;
  /** Where the reports go, as one JSON file. */
  readonly report: string | undefined;
}

export class BadOption extends Error {}

export const usage = `npm run gates -- [--only ${gateNames.join(",")}] [--seconds N] [--nodes N] [--preset NAME]
                 [--data FILE] [--report FILE]`;

/** Throws BadOption. */
export function parseOptions(args: readonly string[]): Options {
  const { only, seconds, nodes, preset, data, report } = parseFlags(args);
  const wanted = only?.split(",") ?? gateNames;
  const unknown = wanted.find((name) => !(gateNames as readonly string[]).includes(name));
  if (unknown !== undefined) throw new BadOption(`there is no gate ${unknown}; choose from ${gateNames.join(", ")}`);
  return {
    only: gateNames.filter((name) => wanted.includes(name)),
    seconds: parseCount("seconds", seconds),
    nodes: parseCount("nodes", nodes),
    ...{ preset, data, report },
  };
}

function parseFlags(args: readonly string[]) {
  const options = {
    only: { type: "string" },
    seconds: { type: "string" },
    nodes: { type: "string" },
    preset: { type: "string" },
    data: { type: "string", default: "stories" },
    report: { type: "string" },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new BadOption(error instanceof Error ? error.message : String(error));
  }
}

function parseCount(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new BadOption(`--${name} must be a whole number from 1 on, not ${text}`);
}
