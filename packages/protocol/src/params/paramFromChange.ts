/**
 * Values of parameters from what people and programs write. An integer does for a decimal, and a number for a schedule
 * that never changes; never the reverse. Whether a
 * value is in its range, and so fits the state, is for `checkValue`.
 */
import type { ChangeValue } from "../nep/document.ts";
import { ONE, parseDecimal } from "../numbers/decimal.ts";
import type { ParamEntry, SchedulePoint } from "./entry.ts";
import { formatParamValue } from "./formatParamValue.ts";
import type { ParamResult } from "./problem.ts";
import { entryOf, type ParamKey } from "./registry.ts";
import type { ParamValue } from "./value.ts";

const MOST_WORD_CHARACTERS = 64;
const MOST_SCHEDULE_POINTS = 16;

/** The value that a proposal names, by the type of the parameter. */
export function paramFromChange(key: ParamKey, given: ChangeValue): ParamResult<ParamValue> {
  const value = converted(given, entryOf(key).type);
  return value === undefined ? wrongType(key, given.kind) : { ok: true, value };
}

/** `true`, `16`, `0.0005`, `mla`, `0:0.3,0.7:0.1`. */
export function paramFromText(key: ParamKey, text: string): ParamResult<ParamValue> {
  const value = fromText(text, entryOf(key).type);
  return value === undefined
    ? wrongType(key, `text ${JSON.stringify(text.slice(0, MOST_WORD_CHARACTERS))}`)
    : { ok: true, value };
}

/** JSON as `paramToJson` makes it. A number with a fraction is refused: what was written is no longer known exactly. */
export function paramFromJson(key: ParamKey, json: unknown): ParamResult<ParamValue> {
  if (typeof json === "string") return paramFromText(key, json);
  if (typeof json === "boolean" || Number.isSafeInteger(json)) return paramFromText(key, String(json));
  return wrongType(key, typeof json === "number" ? "a number that is not whole; write it as text" : jsonKind(json));
}

/** Flags and integers as JSON has them, decimals and schedules as exact text. */
export function paramToJson(value: ParamValue): boolean | number | string {
  switch (value.kind) {
    case "flag":
      return value.value;
    case "integer":
      return Number(value.value);
    default:
      return formatParamValue(value);
  }
}

function converted(given: ChangeValue, type: ParamEntry["type"]): ParamValue | undefined {
  switch (given.kind) {
    case "none":
    case "json":
      return undefined;
    case "integer":
      return type === "integer" ? given : fromDecimal(given.value * ONE, type);
    case "decimal":
      return fromDecimal(given.value, type);
    case "word":
      return type === "word" && given.value.length <= MOST_WORD_CHARACTERS ? given : undefined;
    default:
      return given.kind === type ? given : undefined;
  }
}

function fromText(text: string, type: ParamEntry["type"]): ParamValue | undefined {
  switch (type) {
    case "flag":
      return text === "true" || text === "false" ? { kind: "flag", value: text === "true" } : undefined;
    case "word":
      return text.length <= MOST_WORD_CHARACTERS ? { kind: "word", value: text } : undefined;
    case "integer":
      return /^-?\d{1,15}$/.test(text) ? { kind: "integer", value: BigInt(text) } : undefined;
    case "decimal":
      return fromDecimal(parseDecimal(text), type);
    case "schedule":
      return fromDecimal(parseDecimal(text), type) ?? scheduleFromText(text);
    default:
      return type satisfies never;
  }
}

function fromDecimal(value: bigint | undefined, type: ParamEntry["type"]): ParamValue | undefined {
  if (value === undefined) return undefined;
  if (type === "decimal") return { kind: "decimal", value };
  return type === "schedule" ? { kind: "schedule", points: [{ from: 0n, value }] } : undefined;
}

function scheduleFromText(text: string): ParamValue | undefined {
  const points: SchedulePoint[] = [];
  for (const part of text.split(",", MOST_SCHEDULE_POINTS + 1)) {
    const [from, value, ...rest] = part.split(":").map((number) => parseDecimal(number.trim()));
    if (from === undefined || value === undefined || rest.length > 0) return undefined;
    points.push({ from, value });
  }
  return points.length > MOST_SCHEDULE_POINTS ? undefined : { kind: "schedule", points };
}

function wrongType(key: ParamKey, actual: string): ParamResult<never> {
  return { ok: false, problem: { code: "PARAM_WRONG_TYPE", key, expected: entryOf(key).type, actual } };
}

function jsonKind(json: unknown): string {
  if (json === null) return "null";
  return Array.isArray(json) ? "a list" : typeof json;
}
