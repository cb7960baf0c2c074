/** Amounts on the command line: exact decimals of NEURO. */
import { parseAmount } from "@neuroshard/sdk";
import { Argument } from "commander";
import { UsageProblem } from "../usageProblem.ts";

export function amountArgument(): Argument {
  return new Argument("<amount>", "NEURO in plain decimals, like 12.5").argParser((text) => readAmount("amount", text));
}

/** Base units. @throws {UsageProblem} naming `name` when `text` is no amount above 0. */
export function readAmount(name: string, text: string): bigint {
  const parsed = parseAmount(text);
  const remedy = "write NEURO in plain decimals, like 12.5, at most 18 after the point";
  if (!parsed.ok) throw new UsageProblem(`${name} '${text}' ${parsed.reason.replace(/;.*$/, "")}; ${remedy}`);
  if (parsed.amount === 0n) throw new UsageProblem(`${name} is 0; give more than that`);
  return parsed.amount;
}
