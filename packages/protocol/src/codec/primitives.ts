/** The codecs of single values. */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import type { Codec, JsonSchema } from "./codec.ts";
import { Malformed } from "./malformed.ts";

export const bool: Codec<boolean> = {
  write: (writer, value) => writer.u8(value ? 1 : 0),
  read(reader) {
    const byte = reader.u8();
    if (byte > 1) throw new Malformed("is neither true nor false");
    return byte === 1;
  },
  toJson: (value) => value,
  fromJson(json) {
    if (typeof json !== "boolean") throw new Malformed("must be true or false");
    return json;
  },
  jsonSchema: { type: "boolean" },
};

function wholeNumber(name: "u8" | "u16" | "u32", most: number): Codec<number> {
  return {
    write: (writer, value) => writer[name](checkedWhole(value, most)),
    read: (reader) => reader[name](),
    toJson: (value) => value,
    fromJson: (json) => checkedWhole(json, most),
    jsonSchema: { type: "integer", minimum: 0, maximum: most },
  };
}

function checkedWhole(value: unknown, most: number): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > most) {
    throw new Malformed(`must be a whole number from 0 to ${most}`);
  }
  return value;
}

export const u8 = wholeNumber("u8", 0xff);
export const u16 = wholeNumber("u16", 0xffff);
export const u32 = wholeNumber("u32", 0xffff_ffff);

/** Heights, nonces and other counts: eight bytes, at most 2^53 - 1 so that a `number` holds them exactly. */
export const count: Codec<number> = {
  write: (writer, value) => writer.u64(BigInt(checkedWhole(value, Number.MAX_SAFE_INTEGER))),
  read: (reader) => checkedWhole(Number(reader.u64()), Number.MAX_SAFE_INTEGER),
  toJson: (value) => value,
  fromJson: (json) => checkedWhole(json, Number.MAX_SAFE_INTEGER),
  jsonSchema: { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
};

const U64_MASK = (1n << 64n) - 1n;

/** Unsigned 128 bits. JSON: a decimal string, because JSON numbers are binary floats to most readers. */
export const u128: Codec<bigint> = {
  write(writer, value) {
    if (value < 0n || value >> 128n !== 0n) throw new Malformed("must be from 0 to 2^128 - 1");
    writer.u64(value & U64_MASK);
    writer.u64(value >> 64n);
  },
  read(reader) {
    const low = reader.u64();
    return low + (reader.u64() << 64n);
  },
  toJson: (value) => String(value),
  fromJson(json) {
    if (typeof json !== "string" || !/^(0|[1-9]\d{0,38})$/.test(json)) throw new Malformed("must be a decimal string");
    const value = BigInt(json);
    if (value >> 128n !== 0n) throw new Malformed("must be below 2^128");
    return value;
  },
  jsonSchema: { type: "string", pattern: "^(0|[1-9][0-9]{0,38})$" },
};

/** Signed, from -2^127 to 2^127 - 1, folded into 128 bits: 0, -1, 1, -2, ... JSON: a decimal string. */
export const i128: Codec<bigint> = {
  write: (writer, value) => u128.write(writer, folded(value)),
  read(reader) {
    const value = u128.read(reader);
    return (value & 1n) === 1n ? -((value + 1n) >> 1n) : value >> 1n;
  },
  toJson: (value) => String(value),
  fromJson(json) {
    if (typeof json !== "string" || !/^(0|-?[1-9]\d{0,38})$/.test(json))
      throw new Malformed("must be a decimal string");
    const value = BigInt(json);
    if (folded(value) >> 128n !== 0n) throw new Malformed("must be from -2^127 to 2^127 - 1");
    return value;
  },
  jsonSchema: { type: "string", pattern: "^(0|-?[1-9][0-9]{0,38})$" },
};

function folded(value: bigint): bigint {
  return value < 0n ? -2n * value - 1n : 2n * value;
}

/** UTF-8 of at most `mostBytes` bytes. */
export function text(mostBytes: number): Codec<string> {
  function checked(value: unknown): string {
    if (typeof value !== "string") throw new Malformed("must be text");
    if (!value.isWellFormed()) throw new Malformed("has half of a surrogate pair");
    return value;
  }
  function checkLength(bytes: number): void {
    if (bytes > mostBytes) throw new Malformed(`has ${bytes} bytes, at most ${mostBytes} are allowed`);
  }
  return {
    write(writer, value) {
      const bytes = new TextEncoder().encode(checked(value));
      checkLength(bytes.length);
      writer.uleb128(bytes.length);
      writer.raw(bytes);
    },
    read(reader) {
      const length = reader.uleb128();
      checkLength(length);
      return utf8(reader.raw(length));
    },
    toJson: (value) => value,
    fromJson(json) {
      checkLength(new TextEncoder().encode(checked(json)).length);
      return json as string;
    },
    jsonSchema: { type: "string", maxLength: mostBytes },
  };
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Malformed("is not UTF-8");
  }
}

/** One of a few words; on the wire its place in the list. New words go to the end. */
export function choice<const Words extends readonly string[]>(words: Words): Codec<Words[number]> {
  return {
    write: (writer, value) => writer.uleb128(checkedIndex(words.indexOf(value))),
    read: (reader) => words[checkedIndex(reader.uleb128())]!,
    toJson: (value) => value,
    fromJson: (json) => words[checkedIndex(words.indexOf(json as string))]!,
    jsonSchema: { type: "string", enum: words },
  };
  function checkedIndex(index: number): number {
    if (index < 0 || index >= words.length) throw new Malformed(`must be one of ${words.join(", ")}`);
    return index;
  }
}

/** Exactly `length` bytes. JSON: lower-case hexadecimal. */
export function fixedBytes(length: number): Codec<Uint8Array> {
  function checked(value: Uint8Array): Uint8Array {
    if (value.length !== length) throw new Malformed(`has ${value.length} bytes, must have ${length}`);
    return value;
  }
  return {
    write: (writer, value) => writer.raw(checked(value)),
    read: (reader) => reader.raw(length),
    toJson: bytesToHex,
    fromJson: (json) => checked(bytesOfHex(json)),
    jsonSchema: hexSchema(length, length),
  };
}

/** At most `mostBytes` bytes. JSON: lower-case hexadecimal. */
export function bytes(mostBytes: number): Codec<Uint8Array> {
  function checkLength(length: number): void {
    if (length > mostBytes) throw new Malformed(`has ${length} bytes, at most ${mostBytes} are allowed`);
  }
  return {
    write(writer, value) {
      checkLength(value.length);
      writer.uleb128(value.length);
      writer.raw(value);
    },
    read(reader) {
      const length = reader.uleb128();
      checkLength(length);
      return reader.raw(length);
    },
    toJson: bytesToHex,
    fromJson(json) {
      const value = bytesOfHex(json);
      checkLength(value.length);
      return value;
    },
    jsonSchema: hexSchema(0, mostBytes),
  };
}

/** `length` bytes that the program handles as hexadecimal text: keys of maps, things to compare. */
export function hexBytes<Hex extends string>(length: number): Codec<Hex> {
  const inner = fixedBytes(length);
  return {
    write: (writer, value) => inner.write(writer, hexToBytes(value)),
    read: (reader) => bytesToHex(reader.raw(length)) as Hex,
    toJson: (value) => value,
    fromJson: (json) => bytesToHex(inner.fromJson(json)) as Hex,
    jsonSchema: inner.jsonSchema,
  };
}

function bytesOfHex(json: unknown): Uint8Array {
  if (typeof json !== "string" || !/^([0-9a-f]{2})*$/.test(json)) throw new Malformed("must be lower-case hexadecimal");
  return hexToBytes(json);
}

function hexSchema(least: number, most: number): JsonSchema {
  return { type: "string", pattern: "^([0-9a-f]{2})*$", minLength: 2 * least, maxLength: 2 * most };
}
