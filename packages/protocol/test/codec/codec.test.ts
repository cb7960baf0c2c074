/** Codecs of random schemas against `@mysten/bcs`, against themselves, and against their own JSON Schema. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decode, encode, parseJson } from "../../src/codec/codec.ts";
import { propertySettings } from "../propertySettings.ts";
import { satisfiesSchema } from "./satisfiesSchema.ts";
import { type Example, examples, type SchemaCase } from "./schemaCases.ts";

const RUNS = 1500;

test("writes the bytes that @mysten/bcs writes, and reads them back", () => {
  fc.assert(
    fc.property(examples, ({ schema, value }) => {
      const bytes = encode(schema.codec, value);
      expect(bytes).toEqual(referenceBytes(schema, value));
      expect(decode(schema.codec, bytes)).toEqual({ ok: true, value });
    }),
    propertySettings(31, RUNS),
  );
});

test("every byte string that is read is what its value is written as", () => {
  let accepted = 0;
  fc.assert(
    fc.property(examples, damages, ({ schema, value }, damage) => {
      const bytes = damaged(encode(schema.codec, value), damage);
      const read = decode(schema.codec, bytes);
      if (!read.ok) return;
      accepted++;
      expect(encode(schema.codec, read.value)).toEqual(bytes);
    }),
    propertySettings(32, RUNS),
  );
  expect(accepted).toBeGreaterThan(RUNS / 10);
});

test("a byte string that ends early or goes on is refused", () => {
  fc.assert(
    fc.property(examples, ({ schema, value }) => {
      const bytes = encode(schema.codec, value);
      // Each length of the short ones; of the long ones some, and the last always.
      const step = Math.ceil(bytes.length / 200);
      for (let length = bytes.length - 1; length >= 0; length -= step) {
        expect(decode(schema.codec, bytes.subarray(0, length)).ok).toBe(false);
      }
      expect(decode(schema.codec, Uint8Array.from([...bytes, 0])).ok).toBe(false);
    }),
    propertySettings(33, 300),
  );
});

test("JSON text brings the same value back, and is what the JSON Schema describes", () => {
  fc.assert(
    fc.property(examples, ({ schema: { codec }, value }) => {
      const json: unknown = JSON.parse(JSON.stringify(codec.toJson(value)));
      expect(parseJson(codec, json)).toEqual({ ok: true, value });
      expect(satisfiesSchema(codec.jsonSchema, json)).toBe(true);
    }),
    propertySettings(34, RUNS),
  );
});

test("no JSON value makes a codec throw, and what it accepts is what the JSON Schema describes", () => {
  let accepted = 0;
  fc.assert(
    fc.property(examples, examples, fc.jsonValue(), ({ schema: { codec } }, other, json) => {
      for (const given of [json, other.schema.codec.toJson(other.value)]) {
        const parsed = parseJson(codec, given);
        if (!parsed.ok) continue;
        accepted++;
        expect(satisfiesSchema(codec.jsonSchema, given)).toBe(true);
      }
    }),
    propertySettings(35, RUNS),
  );
  expect(accepted).toBeGreaterThan(10);
});

function referenceBytes({ reference, toReference }: SchemaCase, value: unknown): Uint8Array {
  return reference.serialize(toReference(value), { maxSize: 1 << 22 }).toBytes();
}

interface Damage {
  readonly place: number;
  readonly byte: number;
}

const damages: fc.Arbitrary<Damage> = fc.record({ place: fc.nat(), byte: fc.nat(255) });

function damaged(bytes: Uint8Array, { place, byte }: Damage): Uint8Array {
  const copy = bytes.slice();
  if (copy.length > 0) copy[place % copy.length] = byte;
  return copy;
}

test("the examples contain every combinator", () => {
  const names = fc.sample(examples, propertySettings(36, 500)).map(({ schema }: Example) => schema.name.split("(")[0]);
  expect(new Set(names).size).toBe(16);
});
