/** Blocks of 64 values: a float32 scale and two values a byte, low half first, 0.563 bytes a value. Spec: spec/outer-step.md#O3. */
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

const BLOCK = 64;
const BLOCK_BYTES = SCALE_BYTES + BLOCK / 2;
const LEVELS = 7;
/** Levels are stored with this added, so that they are never negative; 0 is not used. */
const BIAS = 8;
/** Two levels of 0. */
const ZEROS = BIAS | (BIAS << 4);

export const int4: BlockCodec = {
  id: 2,
  blockValues: BLOCK,
  residualDecay: 1,
  blockBytes: (values) => SCALE_BYTES + Math.ceil(values / 2),
  encode(values, bytes) {
    for (let from = 0, at = 0; from < values.length; from += BLOCK, at += BLOCK_BYTES) {
      const to = Math.min(values.length, from + BLOCK);
      const scale = scaleFor(values, from, to, LEVELS);
      writeScale(bytes, at, scale);
      for (let i = from, pair = at + SCALE_BYTES; i < to; i += 2, pair++) {
        const low = BIAS + levelOf(values[i] as number, scale, LEVELS);
        const high = BIAS + (i + 1 < to ? levelOf(values[i + 1] as number, scale, LEVELS) : 0);
        bytes[pair] = low | (high << 4);
      }
    }
  },
  decode(bytes, values) {
    for (let from = 0, at = 0; from < values.length; from += BLOCK, at += BLOCK_BYTES) {
      const to = Math.min(values.length, from + BLOCK);
      const scale = readScale(bytes, at);
      for (let i = from, pair = at + SCALE_BYTES; i < to; i += 2, pair++) {
        const levels = bytes[pair] as number;
        values[i] = scale * ((levels & 0xf) - BIAS);
        if (i + 1 < to) values[i + 1] = scale * ((levels >> 4) - BIAS);
      }
    }
  },
  checkBlock,
};

function checkBlock(bytes: Uint8Array, at: number, values: number): Finding {
  const scale = readScale(bytes, at);
  const fault = scaleFault(scale, LEVELS);
  if (fault !== undefined) return fault;
  const end = at + int4.blockBytes(values);
  if ((values & 1) === 1 && (bytes[end - 1] as number) >> 4 !== BIAS) return "malformed";
  let isZero = true;
  for (let pair = at + SCALE_BYTES; pair < end; pair++) {
    const levels = bytes[pair] as number;
    if ((levels & 0xf) === 0 || levels >> 4 === 0) return "malformed";
    if (levels !== ZEROS) isZero = false;
  }
  if (isZero) return "zero";
  return scale === 0 ? "malformed" : "values";
}
