/** The option that every command has. */
import { Option } from "commander";

export interface JsonFlag {
  readonly json?: true;
}

export function jsonOption(): Option {
  return new Option("--json", "print JSON for programs and nothing else on stdout");
}
