/** The options of the commands that use a wallet. */
import type { Option } from "commander";
import { nameOption } from "./option.ts";

export interface HomeFlag {
  readonly home: string;
}

export function homeOption(): Option {
  return nameOption("--home <folder>", "where the wallets are kept").default(".neuroshard");
}
