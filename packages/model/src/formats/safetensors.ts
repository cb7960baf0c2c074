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

/** A tensor's name and shape, and its bytes [from, to) of the data. */
interface Place {
  readonly name: string;
  readonly shape: Shape;
  readonly from: number;
  readonly to: number;
}

function refuse(message: string): never {
  throw new ModelError("DAMAGED_FILE", `not a valid safetensors file: ${message}`);
}

function parseHeader(bytes: Uint8Array): object {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    refuse(`the header is not JSON (${(error as Error).message})`);
  }
  return typeof header === "object" && header !== null && !Array.isArray(header)
    ? header
    : refuse("the header is not an object");
}

function readHeader(file: Uint8Array): { entries: [string, unknown][]; dataStart: number } {
  if (file.length < LENGTH_BYTES) refuse("it is shorter than its header");
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  if (length > MOST_HEADER_BYTES || LENGTH_BYTES + length > file.length) refuse("the header is longer than the file");
  const dataStart = LENGTH_BYTES + length;
  const header = parseHeader(file.subarray(LENGTH_BYTES, dataStart));
  return { entries: Object.entries(header).filter(([name]) => name !== "__metadata__"), dataStart };
}

function isSizes(x: unknown): x is number[] {
  return Array.isArray(x) && x.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function readPlace(name: string, entry: unknown): Place {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  if (dtype !== "F32") refuse(`${name} has type ${JSON.stringify(dtype)}, only F32 is read`);
  if (!isSizes(shape) || !isSizes(offsets) || offsets.length !== 2) refuse(`${name} has no shape or place`);
  const [from, to] = offsets as [number, number];
  if (to - from !== 4 * elementCount(shape)) refuse(`the place of ${name} does not fit its shape`);
  return { name, shape, from, to };
}

/** The format's own rule; it also keeps a small file from claiming much memory. */
function requireSeamless(places: readonly Place[], dataBytes: number): void {
  let end = 0;
  for (const { name, from, to } of [...places].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (from !== end) refuse(`${name} ${from < end ? "overlaps another tensor" : "has a gap before it"}`);
    end = to;
  }
  if (end !== dataBytes) refuse(`its tensors have ${end} bytes, the file ${dataBytes}`);
}

/** Throws ModelError DAMAGED_FILE. */
export function decodeSafetensors(file: Uint8Array): readonly NamedTensor[] {
  const { entries, dataStart } = readHeader(file);
  const data = file.subarray(dataStart);
  const places = entries.map(([name, entry]) => readPlace(name, entry));
  requireSeamless(places, data.length);
  return places.map(({ name, shape, from, to }) => {
    // Copied, by the constructor since a Buffer's slice shares: the bytes of a file need not be aligned for float32.
    return { name, shape, values: new Float32Array(new Uint8Array(data.subarray(from, to)).buffer) };
  });
}
