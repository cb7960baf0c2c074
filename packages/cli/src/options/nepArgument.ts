/** A proposal on the command line: its id, its label or its number. */
import { Argument } from "commander";
import { UsageProblem } from "../usageProblem.ts";

export function nepArgument(): Argument {
  return new Argument("<nep>", "id, label (NEP-001) or number").argParser((text) => {
    if (/^([0-9a-f]{64}|(nep-)?\d{1,10})$/i.test(text)) return text.length === 64 ? text : text.toUpperCase();
    throw new UsageProblem(`'${text}' is no proposal; give its id, its label (NEP-001) or its number`);
  });
}
