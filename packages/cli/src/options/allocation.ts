/** Who holds what when a network begins: `--allocate ADDRESS=AMOUNT`, any number of times. */
import type { AccountId } from "@neuroshard/sdk";
import { Option } from "commander";
import { UsageProblem } from "../usageProblem.ts";
import { readAddress } from "./address.ts";
import { readAmount } from "./amount.ts";

export interface Allocation {
  readonly account: AccountId;
  /** Base units. */
  readonly amount: bigint;
}

export function allocateOption(): Option {
  return new Option("--allocate <address=amount>", "NEURO that an account begins with; can be given again").argParser(
    (text, before: readonly Allocation[] | undefined) => [...(before ?? []), readAllocation(text)],
  );
}

function readAllocation(text: string): Allocation {
  const [address = "", amount, ...rest] = text.split("=");
  if (amount === undefined || rest.length > 0)
    throw new UsageProblem(`--allocate is '${text}'; write an address, = and an amount, like neuro1...=5000`);
  return { account: readAddress(address), amount: readAmount("--allocate", amount) };
}
