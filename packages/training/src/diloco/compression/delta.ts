/**
 * A contribution on the wire: a header that says what follows, then blocks. Nothing about it is believed: the length must be
 * the one that the codec and the number of parameters give, and every block is checked before it is read. Spec: spec/outer-step.md#O3.
 */
import type { DeltaFault, RoundRules } from "../../rounds/roundWorker.ts";
import { type BlockCodec, checkBlocks } from "./blockCodec.ts";
import { int4 } from "./int4.ts";
import { int8 } from "./int8.ts";
import { topK } from "./topK.ts";

export type Compression = RoundRules["compression"];

const CODECS: { readonly [C in Compression]: BlockCodec } = { int8, int4, "top-k": topK };

/** `NSD1`, little-endian. */
const MAGIC = 0x3144534e;
const HEADER_BYTES = 16;
/**
 * Values that are worked on at a time: a multiple of every block, and few enough that a chunk of sixteen contributions stays
 * in the cache. Part of the rules: sums over a whole contribution are sums of those of its chunks.
 */
export const CHUNK_VALUES = 4096;

export function codecOf(compression: Compression): BlockCodec {
  return CODECS[compression];
}

/** Bytes of a contribution with that many values. */
export function deltaBytesOf(compression: Compression, values: number): number {
  return offsetOf(codecOf(compression), values);
}

/** Where the block begins that holds value `index`, a multiple of the block; the length of all, for the number of values. */
function offsetOf({ blockValues, blockBytes }: BlockCodec, index: number): number {
  const rest = index % blockValues;
  const whole = Math.floor(index / blockValues) * blockBytes(blockValues);
  return HEADER_BYTES + whole + (rest === 0 ? 0 : blockBytes(rest));
}

export function writeHeader(bytes: Uint8Array, compression: Compression, values: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, codecOf(compression).id, true);
  view.setBigUint64(8, BigInt(values), true);
}

function hasHeader(bytes: Uint8Array, compression: Compression, values: number): boolean {
  if (bytes.length !== deltaBytesOf(compression, values)) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isOurs = view.getUint32(0, true) === MAGIC && view.getUint32(4, true) === codecOf(compression).id;
  return isOurs && view.getBigUint64(8, true) === BigInt(values);
}

/** The blocks of `values` values from value `from` on. `from` is a multiple of the block; the run ends with a block. */
export function blocksOf(bytes: Uint8Array, codec: BlockCodec, from: number, values: number): Uint8Array {
  return bytes.subarray(offsetOf(codec, from), offsetOf(codec, from + values));
}

/** Why a contribution cannot be taken in; null: it can. Never throws, whatever the bytes are. */
export function checkDelta(bytes: Uint8Array, compression: Compression, values: number): DeltaFault | null {
  if (!hasHeader(bytes, compression, values)) return "malformed";
  const finding = checkBlocks(codecOf(compression), bytes.subarray(HEADER_BYTES), values);
  return finding === "values" ? null : finding;
}

/** Values `from` to `from + out.length` of a contribution without fault. `from` is a multiple of CHUNK_VALUES. */
export function readDelta(bytes: Uint8Array, compression: Compression, from: number, out: Float32Array): void {
  const codec = codecOf(compression);
  codec.decode(blocksOf(bytes, codec, from, out.length), out);
}
