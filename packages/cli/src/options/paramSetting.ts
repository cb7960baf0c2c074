/** What a network begins with otherwise than by its preset: `--param KEY=VALUE`, any number of times. */
import {
  describeFault,
  figuresOf,
  genesisValues,
  isParamKey,
  type ParamKey,
  type ParamProblem,
  type ParamValue,
  PRESETS,
  type PresetName,
  paramFromText,
} from "@neuroshard/sdk";
import { Option } from "commander";
import { UsageProblem } from "../usageProblem.ts";

export interface ParamSetting {
  readonly key: ParamKey;
  readonly value: ParamValue;
}

export function paramOption(): Option {
  return new Option("--param <key=value>", "a parameter to begin with; can be given again").argParser(
    (text, before: readonly ParamSetting[] | undefined) => [...(before ?? []), readSetting(text)],
  );
}

/** @throws {UsageProblem} when a value is out of its range, or all of them do not fit together. */
export function checkOverrides(preset: PresetName, settings: readonly ParamSetting[]): void {
  const made = genesisValues(PRESETS[preset], new Map(settings.map(({ key, value }) => [key, value])));
  if (!made.ok) throw usageProblem(made.problem);
}

function readSetting(text: string): ParamSetting {
  const [, key = "", value = ""] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  if (key === "") throw new UsageProblem(`--param is '${text}'; write a key, = and a value`);
  if (!isParamKey(key)) throw usageProblem({ code: "PARAM_UNKNOWN", key });
  const read = paramFromText(key, value);
  if (!read.ok) throw usageProblem(read.problem);
  return { key, value: read.value };
}

function usageProblem(problem: ParamProblem): UsageProblem {
  const { code, figures } = figuresOf(problem);
  const { message } = describeFault(code, Object.fromEntries(figures.map(({ name, value }) => [name, value])));
  return new UsageProblem(`--param: ${message}`);
}
