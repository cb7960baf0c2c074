/**
 * The safetensors file format, float32 only: 8 bytes of header length, a JSON header, then the tensors' bytes.
 * Format: https://github.com/huggingface/safetensors (README, "Format"). Everything in a file is checked before use.
 */
import { elementCount, type Shape } from "@neuroshard/tensor";
import { ModelError } from "../modelError.ts";

export interface NamedTensor {
  readonly name: string;
  readonly shape: Shape;
  readonly values: Float32Array;
}

const LENGTH_BYTES = 8;
const ALIGNMENT = 8;
const MOST_HEADER_BYTES = 100_000_000;

/** Little-endian float32 bytes of the tensors in the given order, with their header. */
export function encodeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const { name, shape, values } of tensors) {
    header[name] = { dtype: "F32", shape, data_offsets: [end, end + values.byteLength] };
    end += values.byteLength;
  }
  const text = JSON.stringify(header);
  const json = new TextEncoder().encode(text.padEnd(text.length + paddingAfter(new TextEncoder().encode(text).length)));
  const file = new Uint8Array(LENGTH_BYTES + json.length + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, LENGTH_BYTES);
  let at = LENGTH_BYTES + json.length;
  for (const { values } of tensors) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return file;
}

function paddingAfter(length: number): number {
  return (ALIGNMENT - (length % ALIGNMENT)) % ALIGNMENT;
}

interface Entry {
  readonly dtype: unknown;
  readonly shape: unknown;
  readonly data_offsets: unknown;
}

function refuse(message: string): never {
  throw new ModelError("DAMAGED_FILE", `not a valid safetensors file: ${message}`);
}

function readHeader(file: Uint8Array): { entries: [string, Entry][]; dataStart: number } {
  if (file.length < LENGTH_BYTES) refuse("it is shorter than its header");
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  if (length > MOST_HEADER_BYTES || LENGTH_BYTES + length > file.length) refuse("the header is longer than the file");
  const dataStart = LENGTH_BYTES + length;
  try {
    const header = JSON.parse(new TextDecoder().decode(file.subarray(LENGTH_BYTES, dataStart))) as Record<
      string,
      Entry
    >;
    return { entries: Object.entries(header).filter(([name]) => name !== "__metadata__"), dataStart };
  } catch (error) {
    return refuse(`the header is not JSON (${(error as Error).message})`);
  }
}

function readTensor(name: string, entry: Entry, data: Uint8Array): NamedTensor {
  const { dtype, shape, data_offsets: offsets } = entry;
  if (dtype !== "F32") refuse(`${name} has type ${String(dtype)}, only F32 is read`);
  const isSizes = (x: unknown): x is number[] =>
    Array.isArray(x) && x.every((n) => Number.isSafeInteger(n) && (n as number) >= 0);
  if (!isSizes(shape) || !isSizes(offsets) || offsets.length !== 2) refuse(`${name} has no shape or place`);
  const [from, to] = offsets as [number, number];
  if (to > data.length || to - from !== 4 * elementCount(shape)) refuse(`the place of ${name} does not fit its shape`);
  // Copied, by the constructor since a Buffer's slice shares: the bytes of a file need not be aligned for float32.
  return { name, shape, values: new Float32Array(new Uint8Array(data.subarray(from, to)).buffer) };
}

/** Throws ModelError DAMAGED_FILE. */
export function decodeSafetensors(file: Uint8Array): readonly NamedTensor[] {
  const { entries, dataStart } = readHeader(file);
  const data = file.subarray(dataStart);
  return entries.map(([name, entry]) => readTensor(name, entry, data));
}
