/** Blocks of 1024 values: a float32 scale and one signed byte each, 1.004 bytes a value. Spec: spec/outer-step.md#O3. */
import { type BlockCodec, levelOf, readFloat, scaleFinding, scaleFor, writeFloat } from "./blockCodec.ts";

const SCALE_BYTES = 4;
const LEVELS = 127;

export const int8: BlockCodec = {
  id: 1,
  blockValues: 1024,
  residualDecay: 1,
  blockBytes: (values) => SCALE_BYTES + values,
  encode(values, bytes) {
    const scale = scaleFor(values, LEVELS);
    writeFloat(bytes, 0, scale);
    for (let i = 0; i < values.length; i++) {
      bytes[SCALE_BYTES + i] = scale === 0 ? 0 : levelOf(values[i] as number, scale, LEVELS);
    }
  },
  decode(bytes, values) {
    const scale = readFloat(bytes, 0);
    for (let i = 0; i < values.length; i++) values[i] = scale * (((bytes[SCALE_BYTES + i] as number) << 24) >> 24);
  },
  check(bytes, values) {
    const scale = readFloat(bytes, 0);
    const finding = scaleFinding(scale, LEVELS);
    if (finding !== undefined) return finding;
    let isZero = true;
    for (let i = 0; i < values; i++) {
      const level = bytes[SCALE_BYTES + i] as number;
      if (level === 0x80) return "malformed";
      if (level !== 0) isZero = false;
    }
    if (scale === 0 && !isZero) return "malformed";
    return isZero ? "zero" : "values";
  },
};
