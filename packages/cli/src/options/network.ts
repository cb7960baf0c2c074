/** The options of the commands that talk with a node, and of those that sign. */
import { Option } from "commander";
import { UsageProblem } from "../usageProblem.ts";
import { type JsonFlag, jsonOption } from "./json.ts";
import { nameOption, wholeNumberOption } from "./option.ts";
import { homeOption } from "./wallet.ts";

const DEFAULT_NODE = "http://127.0.0.1:8000";

export interface NodeFlags extends JsonFlag {
  readonly node: string;
  readonly tokenFile?: string | undefined;
}

export interface SigningFlags extends NodeFlags {
  readonly home: string;
  readonly wallet: string;
  /** False with `--no-wait`. */
  readonly wait: boolean;
}

export function nodeOptions(): Option[] {
  return [
    nodeOption("--node <url>", "the node to ask").default(DEFAULT_NODE),
    nameOption("--token-file <file>", "file with the token for it; a node of this machine needs none"),
    jsonOption(),
  ];
}

export function signingOptions(): Option[] {
  return [...walletOptions(), new Option("--no-wait", "do not wait for the block"), ...nodeOptions()];
}

export function walletOptions(): Option[] {
  return [homeOption(), nameOption("--wallet <name>", "the wallet that signs").default("default")];
}

/** @throws {UsageProblem} when the value is no HTTP address. */
export function nodeOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    const isHttp = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
    if (isHttp) return text.replace(/\/+$/, "");
    throw new UsageProblem(`${flags.split(" ")[0]} is '${text}'; write an address like ${DEFAULT_NODE}`);
  });
}

export function pageOption(): Option {
  return wholeNumberOption("--limit <count>", "most entries", { least: 1, most: 100 }).default(20);
}
