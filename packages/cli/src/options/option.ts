/** Builders of options whose values are checked while the command line is read: a bad one is refused by name. */
import { Option } from "commander";
import { UsageProblem } from "../usageProblem.ts";

export interface NumberRange {
  readonly least: number;
  readonly most: number;
  /** True where `least` itself is not allowed. */
  readonly isOpenBelow?: true;
}

/** `flags` in the parser's form, `--steps <count>`. */
export function wholeNumberOption(flags: string, description: string, range: NumberRange): Option {
  return new Option(flags, description).argParser((text) =>
    readNumber(nameOf(flags), text, { ...range, isWhole: true }),
  );
}

export function decimalOption(flags: string, description: string, range: NumberRange): Option {
  return new Option(flags, description).argParser((text) => readNumber(nameOf(flags), text, range));
}

export function choiceOption(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, `${description} (${choices.join(", ")})`).argParser((text) => {
    if (choices.includes(text)) return text;
    throw new UsageProblem(`${nameOf(flags)} is '${text}'; choose one of ${choices.join(", ")}`);
  });
}

/** A path or a name. A value that looks like a flag means that the value was forgotten. */
export function nameOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    const name = nameOf(flags);
    if (text === "") throw new UsageProblem(`${name} is empty; write a value after it`);
    if (text.startsWith("--"))
      throw new UsageProblem(`${name} has no value, the next word is '${text}'; write its value`);
    return text;
  });
}

/** @throws {UsageProblem} naming `name` when `text` is no number in the range. */
export function readNumber(name: string, text: string, range: NumberRange & { readonly isWhole?: true }): number {
  const { least, most, isOpenBelow, isWhole } = range;
  const form = isWhole ? /^[+-]?\d+$/ : /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
  const value = form.test(text) ? Number(text) : Number.NaN;
  if (value <= most && (isOpenBelow ? value > least : value >= least)) return value;
  const from = isOpenBelow ? `above ${least}` : `from ${least}`;
  const kind = isWhole ? "a whole number" : "a number";
  throw new UsageProblem(`${name} is '${text}'; give ${kind} ${from} ${isOpenBelow ? "and at most" : "to"} ${most}`);
}

function nameOf(flags: string): string {
  return flags.split(" ")[0]!;
}
