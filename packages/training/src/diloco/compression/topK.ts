/**
 * Of each 4096 values the 64 of largest magnitude, as a 16-bit index and a signed byte under one float32 scale: 0.048 bytes
 * a value. What is not sent comes back in the next round, a little less: SparseLoCo (arXiv 2508.15706). Spec: spec/outer-step.md#O3.
 */
import { type BlockCodec, levelOf, readFloat, scaleFinding, scaleFor, writeFloat } from "./blockCodec.ts";

const SCALE_BYTES = 4;
const KEPT = 64;
const ENTRY_BYTES = 3;
const LEVELS = 127;

function keptOf(values: number): number {
  return Math.min(KEPT, values);
}

/** Indices of the largest magnitudes, ascending; of equal ones the lower index is kept. */
function largestIndices(values: Float32Array): Uint16Array {
  const order = Uint16Array.from({ length: values.length }, (_, index) => index);
  const magnitude = (index: number): number => Math.abs(values[index] as number);
  order.sort((a, b) => magnitude(b) - magnitude(a) || a - b);
  return order.slice(0, keptOf(values.length)).sort();
}

export const topK: BlockCodec = {
  id: 3,
  blockValues: 4096,
  residualDecay: 0.95,
  blockBytes: (values) => SCALE_BYTES + ENTRY_BYTES * keptOf(values),
  encode(values, bytes) {
    const scale = scaleFor(values, LEVELS);
    writeFloat(bytes, 0, scale);
    for (const [entry, index] of largestIndices(values).entries()) {
      const at = SCALE_BYTES + ENTRY_BYTES * entry;
      bytes[at] = index & 0xff;
      bytes[at + 1] = index >> 8;
      bytes[at + 2] = scale === 0 ? 0 : levelOf(values[index] as number, scale, LEVELS);
    }
  },
  decode(bytes, values) {
    values.fill(0);
    const scale = readFloat(bytes, 0);
    for (let at = SCALE_BYTES; at < topK.blockBytes(values.length); at += ENTRY_BYTES) {
      const index = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
      values[index] = scale * (((bytes[at + 2] as number) << 24) >> 24);
    }
  },
  check(bytes, values) {
    const scale = readFloat(bytes, 0);
    const finding = scaleFinding(scale, LEVELS);
    if (finding !== undefined) return finding;
    let isZero = true;
    let before = -1;
    for (let at = SCALE_BYTES; at < topK.blockBytes(values); at += ENTRY_BYTES) {
      const index = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
      const level = bytes[at + 2] as number;
      if (index <= before || index >= values || level === 0x80) return "malformed";
      before = index;
      if (level !== 0) isZero = false;
    }
    if (scale === 0 && !isZero) return "malformed";
    return isZero ? "zero" : "values";
  },
};
