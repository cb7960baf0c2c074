/** Addresses on the command line. A slip is noticed here, before anything is signed. */

import { type AccountId, parseAddress } from "@neuroshard/sdk";
import { Argument } from "commander";
import { UsageProblem } from "../usageProblem.ts";

/** `<address>` or `[address]`. */
export function addressArgument(flags: string, description: string): Argument {
  return new Argument(flags, description).argParser(readAddress);
}

/** @throws {UsageProblem} */
export function readAddress(text: string): AccountId {
  const parsed = parseAddress(text);
  if (parsed.ok) return parsed.account;
  throw new UsageProblem(`'${text}' ${parsed.reason.replace(/;.*$/, "")}; copy it from \`neuroshard wallet show\``);
}
