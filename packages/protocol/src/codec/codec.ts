/**
 * One schema per wire object: bytes, JSON, JSON Schema and TypeScript type come from the same `Codec`.
 *
 * Bytes follow BCS (Binary Canonical Serialization, github.com/diem/bcs): every value has exactly one encoding, and
 * anything else is malformed. Lengths are bounded before anything is allocated. Spec: spec/encoding.md.
 */
import { ByteReader } from "./byteReader.ts";
import { ByteWriter } from "./byteWriter.ts";
import { Malformed } from "./malformed.ts";

export type JsonSchema = { readonly [key: string]: unknown };

export interface Codec<T> {
  /** @throws {Malformed} for values outside the schema: those are faults of the caller. */
  write(writer: ByteWriter, value: T): void;
  /** @throws {Malformed} */
  read(reader: ByteReader): T;
  toJson(value: T): unknown;
  /** @throws {Malformed} */
  fromJson(json: unknown): T;
  readonly jsonSchema: JsonSchema;
}

export type ValueOf<C> = C extends Codec<infer T> ? T : never;

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly path: string; readonly reason: string };

/** Reused: no codec encodes while it writes. */
const writer = new ByteWriter();

export function encode<T>(codec: Codec<T>, value: T): Uint8Array {
  writer.clear();
  codec.write(writer, value);
  return writer.finish();
}

/** All of `bytes` as one value. Never throws, whatever the bytes are. */
export function decode<T>(codec: Codec<T>, bytes: Uint8Array): Parsed<T> {
  return parsed(() => {
    const reader = new ByteReader(bytes);
    const value = codec.read(reader);
    if (reader.remainingBytes > 0) throw new Malformed(`${reader.remainingBytes} bytes are left over`);
    return value;
  });
}

/** Never throws, whatever `json` is. */
export function parseJson<T>(codec: Codec<T>, json: unknown): Parsed<T> {
  return parsed(() => codec.fromJson(json));
}

function parsed<T>(action: () => T): Parsed<T> {
  try {
    return { ok: true, value: action() };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, path: error.path, reason: error.reason };
    throw error;
  }
}
