/** Checks a JSON value against the part of JSON Schema that our codecs use. What it does not know, it refuses. */
import type { JsonSchema } from "../../src/codec/codec.ts";

type Check = (argument: never, value: never, schema: JsonSchema) => boolean;

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  boolean: (value) => typeof value === "boolean",
  integer: (value) => Number.isInteger(value),
  string: (value) => typeof value === "string",
  null: (value) => value === null,
  array: (value) => Array.isArray(value),
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

/** By keyword: its argument, the value, and the schema around it. */
const KEYWORDS: Readonly<Record<string, Check>> = {
  type: (name: string, value: unknown) => TYPES[name]!(value),
  description: () => true,
  minimum: (least: number, value: number) => value >= least,
  maximum: (most: number, value: number) => value <= most,
  minLength: (least: number, value: string) => [...value].length >= least,
  maxLength: (most: number, value: string) => [...value].length <= most,
  pattern: (pattern: string, value: string) => new RegExp(pattern, "u").test(value),
  enum: (words: readonly unknown[], value: unknown) => words.includes(value),
  const: (only: unknown, value: unknown) => value === only,
  maxItems: (most: number, value: readonly unknown[]) => value.length <= most,
  items: (item: JsonSchema, value: readonly unknown[]) => value.every((each) => satisfiesSchema(item, each)),
  required: (names: readonly string[], value: object) => names.every((name) => Object.hasOwn(value, name)),
  properties: (properties: Readonly<Record<string, JsonSchema>>, value: Readonly<Record<string, unknown>>) =>
    Object.entries(properties).every(([name, schema]) => satisfiesSchema(schema, value[name])),
  additionalProperties: (_: false, value: object, { properties }: JsonSchema) =>
    Object.keys(value).every((name) => Object.hasOwn(properties as object, name)),
  oneOf: (variants: readonly JsonSchema[], value: unknown) =>
    variants.filter((variant) => satisfiesSchema(variant, value)).length === 1,
  anyOf: (variants: readonly JsonSchema[], value: unknown) =>
    variants.some((variant) => satisfiesSchema(variant, value)),
};

export function satisfiesSchema(schema: JsonSchema, value: unknown): boolean {
  const type = schema.type;
  if (typeof type === "string" && !TYPES[type]!(value)) return false;
  return Object.entries(schema).every(([keyword, argument]) => {
    const check = KEYWORDS[keyword];
    if (check === undefined) throw new Error(`no check for the keyword ${keyword}`);
    return check(argument as never, value as never, schema);
  });
}
