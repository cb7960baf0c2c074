/** Blocks of 1024 values: a float32 scale and one signed byte each, 1.004 bytes a value. Spec: spec/outer-step.md#O3. */
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

const BLOCK = 1024;
const BLOCK_BYTES = SCALE_BYTES + BLOCK;
const LEVELS = 127;
/** -128, which would be further from 0 than any level upwards. */
const NO_LEVEL = 0x80;

export const int8: BlockCodec = {
  id: 1,
  blockValues: BLOCK,
  residualDecay: 1,
  blockBytes: (values) => SCALE_BYTES + values,
  encode(values, bytes) {
    for (let from = 0, at = 0; from < values.length; from += BLOCK, at += BLOCK_BYTES) {
      const to = Math.min(values.length, from + BLOCK);
      const scale = scaleFor(values, from, to, LEVELS);
      writeScale(bytes, at, scale);
      const shift = at + SCALE_BYTES - from;
      for (let i = from; i < to; i++) bytes[i + shift] = levelOf(values[i] as number, scale, LEVELS);
    }
  },
  decode(bytes, values) {
    for (let from = 0, at = 0; from < values.length; from += BLOCK, at += BLOCK_BYTES) {
      const to = Math.min(values.length, from + BLOCK);
      const scale = readScale(bytes, at);
      const shift = at + SCALE_BYTES - from;
      for (let i = from; i < to; i++) values[i] = scale * (((bytes[i + shift] as number) << 24) >> 24);
    }
  },
  checkBlock,
};

function checkBlock(bytes: Uint8Array, at: number, values: number): Finding {
  const scale = readScale(bytes, at);
  const fault = scaleFault(scale, LEVELS);
  if (fault !== undefined) return fault;
  let bits = 0;
  for (let i = at + SCALE_BYTES; i < at + SCALE_BYTES + values; i++) {
    const level = bytes[i] as number;
    if (level === NO_LEVEL) return "malformed";
    bits |= level;
  }
  if (bits === 0) return "zero";
  return scale === 0 ? "malformed" : "values";
}
