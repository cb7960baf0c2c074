/**
 * Values of parameter changes between the ancestor's JSON, where a value is anything, and a document, where it is typed.
 * What no type holds exactly stays JSON text, so that nothing is lost.
 */
import { DECIMALS, formatDecimal } from "../../numbers/decimal.ts";
import type { ChangeValue } from "../document.ts";
import { fixedPoint } from "./numbers.ts";
import { pythonJson, sortedPythonJson } from "./pythonJson.ts";
import { type JsonNumber, jsonFloat, jsonInteger, parseTypedJson, type TypedJson } from "./typedJson.ts";

/** The codec of signed numbers ends here. */
const LIMIT = 1n << 126n;
const MOST_WORD_BYTES = 1024;

export function changeValueOf(json: TypedJson): ChangeValue {
  const value = typedValue(json);
  const isExact = value !== undefined && sortedPythonJson(jsonOfChangeValue(value)!) === sortedPythonJson(json);
  return isExact ? value : { kind: "json", source: pythonJson(json) };
}

/** Undefined when the value is JSON text that is no JSON. */
export function jsonOfChangeValue(value: ChangeValue): TypedJson | undefined {
  switch (value.kind) {
    case "none":
      return { kind: "null" };
    case "flag":
      return { kind: "bool", value: value.value };
    case "integer":
      return jsonInteger(value.value);
    case "decimal":
      return floatOf(value.value);
    case "word":
      return { kind: "string", value: value.value };
    case "schedule":
      return { kind: "array", items: value.points.map(({ from, value }) => pointJson(from, value)) };
    case "json": {
      const parsed = parseTypedJson(value.source);
      return parsed.ok ? parsed.value : undefined;
    }
  }
}

/** A decimal as a Python program would write a float: always with a point. */
export function floatOf(value: bigint): JsonNumber {
  const text = formatDecimal(value);
  return jsonFloat(text.includes(".") ? text : `${text}.0`);
}

/** The number in a field of a document; undefined when it does not fit there. */
export function fieldNumber(number: JsonNumber, decimals: number): bigint | undefined {
  const value = fixedPoint(number, decimals);
  return value === undefined || value >= LIMIT || value <= -LIMIT ? undefined : value;
}

function typedValue(json: TypedJson): ChangeValue | undefined {
  switch (json.kind) {
    case "null":
      return { kind: "none" };
    case "bool":
      return { kind: "flag", value: json.value };
    case "integer":
    case "float": {
      const value = fieldNumber(json, json.kind === "integer" ? 0 : DECIMALS);
      return value === undefined ? undefined : { kind: json.kind === "integer" ? "integer" : "decimal", value };
    }
    case "string":
      return isShortText(json.value) ? { kind: "word", value: json.value } : undefined;
    case "array":
      return scheduleOf(json.items);
    case "object":
      return undefined;
  }
}

function isShortText(text: string): boolean {
  return text.isWellFormed() && new TextEncoder().encode(text).length <= MOST_WORD_BYTES;
}

/** `[{"from": 0.0, "value": 0.3}, {"from": 0.7, "value": 0.1}]`. The ancestor had no schedules; this is their form here. */
function scheduleOf(items: readonly TypedJson[]): ChangeValue | undefined {
  const points = items.map((item) => {
    if (item.kind !== "object" || item.members.length !== 2) return undefined;
    const [from, value] = item.members.map(({ value }) =>
      value.kind === "float" ? fieldNumber(value, DECIMALS) : undefined,
    );
    return from === undefined || value === undefined ? undefined : { from, value };
  });
  const found = points.filter((point) => point !== undefined);
  return found.length === 0 || found.length > 16 || found.length < points.length
    ? undefined
    : { kind: "schedule", points: found };
}

function pointJson(from: bigint, value: bigint): TypedJson {
  return {
    kind: "object",
    members: [
      { key: "from", value: floatOf(from) },
      { key: "value", value: floatOf(value) },
    ],
  };
}
