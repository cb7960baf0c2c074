/** Blocks of 64 values: a float32 scale and two values a byte, low half first, 0.563 bytes a value. Spec: spec/outer-step.md#O3. */
import { type BlockCodec, levelOf, readFloat, scaleFinding, scaleFor, writeFloat } from "./blockCodec.ts";

const SCALE_BYTES = 4;
const LEVELS = 7;
/** Levels are stored with this added, so that they are never negative; 0 is not used. */
const BIAS = 8;

function levelAt(bytes: Uint8Array, index: number): number {
  const byte = bytes[SCALE_BYTES + (index >> 1)] as number;
  return ((index & 1) === 0 ? byte & 0xf : byte >> 4) - BIAS;
}

export const int4: BlockCodec = {
  id: 2,
  blockValues: 64,
  residualDecay: 1,
  blockBytes: (values) => SCALE_BYTES + Math.ceil(values / 2),
  encode(values, bytes) {
    const scale = scaleFor(values, LEVELS);
    writeFloat(bytes, 0, scale);
    const level = (index: number): number =>
      BIAS + (index >= values.length || scale === 0 ? 0 : levelOf(values[index] as number, scale, LEVELS));
    for (let pair = 0; 2 * pair < values.length; pair++) {
      bytes[SCALE_BYTES + pair] = level(2 * pair) | (level(2 * pair + 1) << 4);
    }
  },
  decode(bytes, values) {
    const scale = readFloat(bytes, 0);
    for (let i = 0; i < values.length; i++) values[i] = scale * levelAt(bytes, i);
  },
  check(bytes, values) {
    const scale = readFloat(bytes, 0);
    const finding = scaleFinding(scale, LEVELS);
    if (finding !== undefined) return finding;
    let isZero = true;
    const stored = 2 * Math.ceil(values / 2);
    for (let i = 0; i < stored; i++) {
      const level = levelAt(bytes, i);
      if (level === -BIAS || (i >= values && level !== 0)) return "malformed";
      if (level !== 0) isZero = false;
    }
    if (scale === 0 && !isZero) return "malformed";
    return isZero ? "zero" : "values";
  },
};
