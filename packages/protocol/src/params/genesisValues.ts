/** The parameters that a network starts with: the defaults of its preset and what its founders set otherwise. */
import { checkValue } from "./checkValue.ts";
import { type ParamEntry, resolveQuantity } from "./entry.ts";
import { formatParamValue } from "./formatParamValue.ts";
import { checkInvariants } from "./invariants.ts";
import { createParams } from "./params.ts";
import type { Preset } from "./presets.ts";
import type { ParamProblem, ParamResult } from "./problem.ts";
import { entryOf, PARAM_KEYS, type ParamKey, type ParamType } from "./registry.ts";
import type { ParamValue } from "./value.ts";

export type ParamOverrides = { readonly [Key in ParamKey]?: ParamType<Key> };

export type GenesisValues = ReadonlyMap<ParamKey, ParamValue>;

/** A value for every key, in the order of the keys. Unlike a proposal, founders can set what no vote can change. */
export function genesisValues(
  preset: Preset,
  overrides: ReadonlyMap<ParamKey, ParamValue> = new Map(),
): ParamResult<GenesisValues> {
  const values = new Map<ParamKey, ParamValue>();
  for (const key of PARAM_KEYS) {
    const value = overrides.get(key) ?? defaultOf(key, preset);
    const problem = checkValue(key, value, preset) ?? checkClock(key, value, preset);
    if (problem !== undefined) return { ok: false, problem };
    values.set(key, value);
  }
  const problem = checkInvariants(createParams((key) => valueIn(values, key)));
  return problem === undefined ? { ok: true, value: values } : { ok: false, problem };
}

/** Overrides written in code. */
export function overridesOf(typed: ParamOverrides): ReadonlyMap<ParamKey, ParamValue> {
  const keys = PARAM_KEYS.filter((key) => typed[key] !== undefined);
  return new Map(keys.map((key) => [key, fromNative(entryOf(key), typed[key])]));
}

export function defaultOf(key: ParamKey, preset: Preset): ParamValue {
  const entry = entryOf(key);
  const given = entry.default[preset.name];
  return fromNative(entry, entry.type === "integer" ? resolveQuantity(entry.default[preset.name], preset) : given);
}

/** The clock is the preset's: the defaults and bounds of all durations were made with it. */
function checkClock(key: ParamKey, value: ParamValue, preset: Preset): ParamProblem | undefined {
  if (key !== "protocol.time.DAY_BLOCKS" && key !== "protocol.time.BLOCK_SECONDS") return undefined;
  const [actual, only] = [value, defaultOf(key, preset)].map(formatParamValue) as [string, string];
  return actual === only ? undefined : { code: "PARAM_OUT_OF_RANGE", key, value: actual, least: only, most: only };
}

function fromNative({ type }: ParamEntry, native: unknown): ParamValue {
  switch (type) {
    case "flag":
      return { kind: "flag", value: native as boolean };
    case "integer":
      return { kind: "integer", value: BigInt(native as number) };
    case "decimal":
      return { kind: "decimal", value: native as bigint };
    case "word":
      return { kind: "word", value: native as string };
    case "schedule":
      return { kind: "schedule", points: native as Extract<ParamValue, { kind: "schedule" }>["points"] };
    default:
      return type satisfies never;
  }
}

export function valueIn(values: GenesisValues, key: ParamKey): ParamValue {
  const value = values.get(key);
  if (value === undefined) throw new Error(`internal: ${key} has no value`);
  return value;
}
