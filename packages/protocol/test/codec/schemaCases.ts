/**
 * Random schemas with random values: each is our codec beside the same type of `@mysten/bcs`, a BCS implementation by
 * others.
 */
import { type BcsType, bcs } from "@mysten/bcs";
import * as fc from "fast-check";
import type { Codec } from "../../src/codec/codec.ts";
import { list, optional, struct, union } from "../../src/codec/composites.ts";
import {
  bool,
  bytes,
  choice,
  count,
  fixedBytes,
  hexBytes,
  i128,
  text,
  u8,
  u16,
  u32,
  u128,
} from "../../src/codec/primitives.ts";

export interface SchemaCase {
  readonly name: string;
  readonly codec: Codec<unknown>;
  readonly values: fc.Arbitrary<unknown>;
  readonly reference: BcsType<unknown, unknown>;
  /** Our value as the reference takes it. */
  readonly toReference: (value: unknown) => unknown;
}

interface Part<T> {
  readonly codec: Codec<T>;
  readonly values: fc.Arbitrary<T>;
  readonly reference: unknown;
  readonly toReference?: (value: T) => unknown;
}

function schemaCase<T>(
  name: string,
  { codec, values, reference, toReference = (value) => value }: Part<T>,
): SchemaCase {
  return {
    name,
    codec: codec as Codec<unknown>,
    values,
    reference: reference as BcsType<unknown, unknown>,
    toReference: toReference as (value: unknown) => unknown,
  };
}

const MOST_128 = (1n << 128n) - 1n;
const WORDS = ["red", "green", "blue"] as const;
const unit = (words: readonly string[]) => Object.fromEntries(words.map((word) => [word, null]));
const whole = (max: number) => fc.oneof(fc.integer({ min: 0, max }), fc.constantFrom(0, 1, max));
/** Any Unicode, without halves of surrogate pairs. */
const unicode = (maxLength: number) => fc.string({ unit: "binary", maxLength });
const octets = (minLength: number, maxLength: number) => fc.uint8Array({ minLength, maxLength });
const hexOf = (octetArray: Uint8Array) => Buffer.from(octetArray).toString("hex");

const PRIMITIVES: readonly SchemaCase[] = [
  schemaCase("bool", { codec: bool, values: fc.boolean(), reference: bcs.bool() }),
  schemaCase("u8", { codec: u8, values: whole(255), reference: bcs.u8() }),
  schemaCase("u16", { codec: u16, values: whole(65_535), reference: bcs.u16() }),
  schemaCase("u32", { codec: u32, values: whole(4_294_967_295), reference: bcs.u32() }),
  schemaCase("count", { codec: count, values: fc.maxSafeNat(), reference: bcs.u64() }),
  schemaCase("u128", { codec: u128, values: fc.bigInt({ min: 0n, max: MOST_128 }), reference: bcs.u128() }),
  schemaCase("i128", {
    codec: i128,
    values: fc.bigInt({ min: -(1n << 127n), max: (1n << 127n) - 1n }),
    reference: bcs.u128(),
    toReference: (value) => (value < 0n ? -value * 2n - 1n : value * 2n),
  }),
  schemaCase("text", { codec: text(4000), values: unicode(300), reference: bcs.string() }),
  schemaCase("bytes", { codec: bytes(300), values: octets(0, 300), reference: bcs.byteVector() }),
  schemaCase("fixedBytes", { codec: fixedBytes(33), values: octets(33, 33), reference: bcs.bytes(33) }),
  schemaCase("hexBytes", {
    codec: hexBytes<string>(20),
    values: octets(20, 20).map(hexOf),
    reference: bcs.bytes(20),
    toReference: (value) => Buffer.from(value, "hex"),
  }),
  schemaCase("choice", {
    codec: choice(WORDS),
    values: fc.constantFrom(...WORDS),
    reference: bcs.enum("choice", unit(WORDS)),
    toReference: (word) => ({ [word]: true }),
  }),
];

function listOf(item: SchemaCase): SchemaCase {
  return schemaCase<readonly unknown[]>(`list(${item.name})`, {
    codec: list(item.codec, 140),
    values: fc.oneof({ weight: 9, arbitrary: fc.array(item.values, { maxLength: 4 }) }, longArray(item.values)),
    reference: bcs.vector(item.reference),
    toReference: (values) => values.map(item.toReference),
  });
}

/** Long enough for a length of two bytes. */
function longArray(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown[]> {
  return values.map((value) => new Array<unknown>(135).fill(value));
}

function optionalOf(inner: SchemaCase): SchemaCase {
  // An optional optional has no JSON of its own: null could mean either.
  if (inner.name.startsWith("optional")) return inner;
  return schemaCase<unknown>(`optional(${inner.name})`, {
    codec: optional(inner.codec),
    values: fc.option(inner.values, { freq: 2 }),
    reference: bcs.option(inner.reference),
    toReference: (value) => (value === null ? null : inner.toReference(value)),
  });
}

function structOf(fields: readonly SchemaCase[]): SchemaCase {
  const named = <T>(pick: (field: SchemaCase) => T): Record<string, T> =>
    Object.fromEntries(fields.map((field, index) => [`f${index}`, pick(field)]));
  return schemaCase<Readonly<Record<string, unknown>>>(`struct(${fields.map(({ name }) => name).join(", ")})`, {
    codec: struct(named(({ codec }) => codec)),
    values: fc.record(named(({ values }) => values)),
    reference: bcs.struct(
      "struct",
      named(({ reference }) => reference),
    ),
    toReference: (value) =>
      Object.fromEntries(fields.map(({ toReference }, index) => [`f${index}`, toReference(value[`f${index}`])])),
  });
}

function unionOf(variants: readonly SchemaCase[]): SchemaCase {
  const named = <T>(pick: (variant: SchemaCase) => T): Record<string, T> =>
    Object.fromEntries(variants.map((variant, index) => [`v${index}`, pick(variant)]));
  return schemaCase<{ readonly kind: string }>(`union(${variants.map(({ name }) => name).join(" | ")})`, {
    codec: union(named(({ codec }) => codec as Codec<Record<string, unknown>>)),
    values: fc.oneof(
      ...variants.map(({ values }, index) => values.map((value) => ({ kind: `v${index}`, ...(value as object) }))),
    ),
    reference: bcs.enum(
      "union",
      named(({ reference }) => reference),
    ),
    toReference({ kind, ...fields }) {
      return { [kind]: variants[Number(kind.slice(1))]!.toReference(fields) };
    },
  });
}

/** Schemas nested up to `depth`. */
function schemas(depth: number): fc.Arbitrary<SchemaCase> {
  const primitive = fc.constantFrom(...PRIMITIVES);
  if (depth === 0) return primitive;
  const inner = schemas(depth - 1);
  const fields = fc.array(inner, { maxLength: 4 }).map(structOf);
  const variants = fc.array(fields, { minLength: 1, maxLength: 4 }).map(unionOf);
  return fc.oneof(primitive, inner.map(listOf), inner.map(optionalOf), fields, variants);
}

export interface Example {
  readonly schema: SchemaCase;
  readonly value: unknown;
}

export const examples: fc.Arbitrary<Example> = schemas(2).chain((schema) =>
  schema.values.map((value) => ({ schema, value, toString: () => `${schema.name}: ${fc.stringify(value)}` })),
);
