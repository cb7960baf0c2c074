/** The codecs of values made of values. */
import type { Codec } from "./codec.ts";
import { Malformed, within } from "./malformed.ts";

type Shape = Readonly<Record<string, unknown>>;
type AnyCodec = Codec<unknown>;

/** Named fields, on the wire in the order in which they are declared. JSON: an object with exactly these members. */
export function struct<T extends Shape>(fields: { readonly [K in keyof T]: Codec<T[K]> }): Codec<Readonly<T>> {
  const entries = Object.entries(fields) as unknown as readonly (readonly [string, AnyCodec])[];
  type Value = Readonly<T>;
  return {
    write(writer, value) {
      const record = value as Record<string, unknown>;
      for (const [key, codec] of entries) codec.write(writer, record[key]);
    },
    read(reader) {
      const record: Record<string, unknown> = {};
      let current = "";
      try {
        for (const [key, codec] of entries) {
          current = key;
          record[key] = codec.read(reader);
        }
      } catch (error) {
        throw error instanceof Malformed ? error.inside(current) : error;
      }
      return record as Value;
    },
    toJson(value) {
      const record = value as Record<string, unknown>;
      return Object.fromEntries(entries.map(([key, codec]) => [key, codec.toJson(record[key])]));
    },
    fromJson(json) {
      const record = checkedObject(json);
      const unknown = Object.keys(record).find((key) => !Object.hasOwn(fields, key));
      if (unknown !== undefined) throw new Malformed(`has no member "${unknown.slice(0, 64)}"`);
      const read = (key: string, codec: AnyCodec) => within(key, () => codec.fromJson(record[key]));
      return Object.fromEntries(entries.map(([key, codec]) => [key, read(key, codec)])) as Value;
    },
    jsonSchema: {
      type: "object",
      additionalProperties: false,
      required: entries.map(([key]) => key),
      properties: Object.fromEntries(entries.map(([key, codec]) => [key, codec.jsonSchema])),
    },
  };
}

export type UnionValue<V extends Readonly<Record<string, Shape>>> = {
  [K in keyof V & string]: { readonly kind: K } & Readonly<V[K]>;
}[keyof V & string];

/** One of several structs, told apart by `kind`; on the wire by its place in the table. New kinds go to the end. */
export function union<V extends Readonly<Record<string, Shape>>>(
  variants: {
    readonly [K in keyof V]: Codec<V[K]>;
  },
): Codec<UnionValue<V>> {
  const kinds = Object.keys(variants);
  const codecs = Object.values(variants) as readonly unknown[] as readonly AnyCodec[];
  type Value = UnionValue<V>;
  return {
    write(writer, value) {
      const index = checkedKind(value.kind);
      writer.uleb128(index);
      codecs[index]!.write(writer, value);
    },
    read(reader) {
      const index = reader.uleb128();
      const kind = kinds[index];
      if (kind === undefined) throw new Malformed(`kind ${index} is unknown`);
      return { kind, ...(codecs[index]!.read(reader) as object) } as Value;
    },
    toJson(value) {
      return { kind: value.kind, ...(codecs[checkedKind(value.kind)]!.toJson(value) as object) };
    },
    fromJson(json) {
      const { kind, ...rest } = checkedObject(json);
      return { kind, ...(codecs[checkedKind(kind)]!.fromJson(rest) as object) } as Value;
    },
    jsonSchema: { oneOf: kinds.map((kind, index) => taggedSchema(kind, codecs[index]!)) },
  };
  function checkedKind(kind: unknown): number {
    const index = kinds.indexOf(kind as string);
    if (index === -1) throw new Malformed(`kind must be one of ${kinds.join(", ")}`);
    return index;
  }
}

function taggedSchema(kind: string, { jsonSchema }: AnyCodec): object {
  const { required, properties } = jsonSchema as { required: readonly string[]; properties: object };
  return { ...jsonSchema, required: ["kind", ...required], properties: { kind: { const: kind }, ...properties } };
}

/** At most `mostItems` values of one kind. JSON: an array. */
export function list<T>(item: Codec<T>, mostItems: number): Codec<readonly T[]> {
  function checkLength(length: number): void {
    if (length > mostItems) throw new Malformed(`has ${length} items, at most ${mostItems} are allowed`);
  }
  return {
    write(writer, values) {
      checkLength(values.length);
      writer.uleb128(values.length);
      for (const value of values) item.write(writer, value);
    },
    read(reader) {
      const length = reader.uleb128();
      checkLength(length);
      const values: T[] = [];
      for (let index = 0; index < length; index++) values.push(within(`[${index}]`, () => item.read(reader)));
      return values;
    },
    toJson: (values) => values.map((value) => item.toJson(value)),
    fromJson(json) {
      if (!Array.isArray(json)) throw new Malformed("must be a list");
      checkLength(json.length);
      return json.map((value: unknown, index) => within(`[${index}]`, () => item.fromJson(value)));
    },
    jsonSchema: { type: "array", maxItems: mostItems, items: item.jsonSchema },
  };
}

/** A value or `null`. */
export function optional<T>(inner: Codec<T>): Codec<T | null> {
  return {
    write(writer, value) {
      writer.u8(value === null ? 0 : 1);
      if (value !== null) inner.write(writer, value);
    },
    read(reader) {
      const flag = reader.u8();
      if (flag > 1) throw new Malformed("says neither that it is there nor that it is not");
      return flag === 0 ? null : inner.read(reader);
    },
    toJson: (value) => (value === null ? null : inner.toJson(value)),
    fromJson: (json) => (json === null ? null : inner.fromJson(json)),
    jsonSchema: { anyOf: [inner.jsonSchema, { type: "null" }] },
  };
}

function checkedObject(json: unknown): Record<string, unknown> {
  if (typeof json !== "object" || json === null || Array.isArray(json)) throw new Malformed("must be an object");
  return json as Record<string, unknown>;
}
