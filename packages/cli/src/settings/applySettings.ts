/** Fills in what the command line leaves open: first from the environment, then from the settings file, then the defaults. */
import type { Command, Option } from "commander";
import { UsageProblem } from "../usageProblem.ts";
import { ENVIRONMENT, isSettingFlag } from "./environment.ts";
import type { Settings } from "./settingsFile.ts";

/** The parser itself reads the environment, after the line and before the defaults. */
export function withEnvironment(option: Option): Option {
  const { long } = option;
  return typeof long === "string" && isSettingFlag(long) ? option.env(ENVIRONMENT[long]) : option;
}

/** Flags of the line, and of the environment, stand. @throws {UsageProblem} naming the file where a value is not allowed. */
export function applySettings(command: Command, { path, common, ofCommand }: Settings): void {
  const own = ofCommand.get(command.name());
  for (const option of command.options) {
    const name = option.long?.slice(2) ?? "";
    const text = own?.get(name) ?? common.get(name);
    const source = command.getOptionValueSource(option.attributeName());
    if (text === undefined || (source !== undefined && source !== "default")) continue;
    command.setOptionValueWithSource(option.attributeName(), parse(option, text, path), "config");
  }
}

function parse(option: Option, text: string, path: string | undefined): unknown {
  try {
    return option.parseArg === undefined ? text : option.parseArg(text, undefined as never);
  } catch (error) {
    if (error instanceof UsageProblem) throw new UsageProblem(`${path}: ${error.message}`);
    throw error;
  }
}
