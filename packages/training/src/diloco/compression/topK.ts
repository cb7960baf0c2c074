/**
 * Of each 4096 values the 64 of largest magnitude, as a 16-bit index and a signed byte under one float32 scale: 0.048 bytes
 * a value. What is not sent comes back in the next round, a little less: SparseLoCo (arXiv 2508.15706). Spec: spec/outer-step.md#O3.
 */
import {
  type BlockCodec,
  type Finding,
  levelOf,
  readScale,
  SCALE_BYTES,
  scaleFault,
  scaleFor,
  writeScale,
} from "./blockCodec.ts";

const BLOCK = 4096;
const KEPT = 64;
const ENTRY_BYTES = 3;
const BLOCK_BYTES = SCALE_BYTES + ENTRY_BYTES * KEPT;
const LEVELS = 127;
/** -128, which would be further from 0 than any level upwards. */
const NO_LEVEL = 0x80;

export const topK: BlockCodec = {
  id: 3,
  blockValues: BLOCK,
  residualDecay: 0.95,
  blockBytes: (values) => SCALE_BYTES + ENTRY_BYTES * Math.min(KEPT, values),
  encode(values, bytes) {
    for (let from = 0, at = 0; from < values.length; from += BLOCK, at += BLOCK_BYTES) {
      const to = Math.min(values.length, from + BLOCK);
      const scale = scaleFor(values, from, to, LEVELS);
      writeScale(bytes, at, scale);
      let entry = at + SCALE_BYTES;
      for (const index of largestIndices(values.subarray(from, to))) {
        bytes[entry] = index & 0xff;
        bytes[entry + 1] = index >> 8;
        bytes[entry + 2] = levelOf(values[from + index] as number, scale, LEVELS);
        entry += ENTRY_BYTES;
      }
    }
  },
  decode(bytes, values) {
    values.fill(0);
    for (let from = 0, at = 0; from < values.length; from += BLOCK, at += BLOCK_BYTES) {
      const scale = readScale(bytes, at);
      const end = at + topK.blockBytes(values.length - from);
      for (let entry = at + SCALE_BYTES; entry < end; entry += ENTRY_BYTES) {
        values[from + indexAt(bytes, entry)] = scale * (((bytes[entry + 2] as number) << 24) >> 24);
      }
    }
  },
  checkBlock,
};

/** Indices of the largest magnitudes, ascending; of equal ones the lower index is kept. */
function largestIndices(values: Float32Array): Uint16Array {
  const magnitudes = values.map(Math.abs);
  const kept = Math.min(KEPT, values.length);
  const least = magnitudes.slice().sort()[values.length - kept] as number;
  let equals = kept;
  for (const magnitude of magnitudes) if (magnitude > least) equals--;
  const indices = new Uint16Array(kept);
  let found = 0;
  for (let index = 0; found < kept; index++) {
    const magnitude = magnitudes[index] as number;
    if (magnitude < least || (magnitude === least && equals-- <= 0)) continue;
    indices[found++] = index;
  }
  return indices;
}

function indexAt(bytes: Uint8Array, entry: number): number {
  return (bytes[entry] as number) | ((bytes[entry + 1] as number) << 8);
}

function checkBlock(bytes: Uint8Array, at: number, values: number): Finding {
  const scale = readScale(bytes, at);
  const fault = scaleFault(scale, LEVELS);
  if (fault !== undefined) return fault;
  const end = at + topK.blockBytes(values);
  let bits = 0;
  let before = -1;
  for (let entry = at + SCALE_BYTES; entry < end; entry += ENTRY_BYTES) {
    const index = indexAt(bytes, entry);
    const level = bytes[entry + 2] as number;
    if (index <= before || index >= values || level === NO_LEVEL) return "malformed";
    before = index;
    bits |= level;
  }
  if (bits === 0) return "zero";
  return scale === 0 ? "malformed" : "values";
}
