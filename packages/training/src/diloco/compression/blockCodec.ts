/**
 * How values become bytes, block by block. Every block of a codec has a size that its length alone decides, so any run of
 * blocks can be found and read by itself. All functions work on runs: whole blocks, of which only the last of a contribution
 * is shorter. Spec: spec/outer-step.md#O3.
 */

export interface BlockCodec {
  /** On the wire. */
  readonly id: number;
  /** Values of a block. A divisor of CHUNK_VALUES. */
  readonly blockValues: number;
  /** Part of what was left over before that goes into the next contribution. */
  readonly residualDecay: number;
  /** Bytes of a block with that many values. */
  blockBytes(values: number): number;
  /** `values` are finite. Fills `bytes`. */
  encode(values: Float32Array, bytes: Uint8Array): void;
  decode(bytes: Uint8Array, values: Float32Array): void;
  /** What an encoder never writes, in the block at `at`. Everything that `decode` gives for bytes without fault is finite. */
  checkBlock(bytes: Uint8Array, at: number, values: number): Finding;
}

/** The first fault of a run of blocks; `zero` where all of them are. */
export function checkBlocks(codec: BlockCodec, bytes: Uint8Array, values: number): Finding {
  const { blockValues } = codec;
  const blockBytes = codec.blockBytes(blockValues);
  let finding: Finding = "zero";
  for (let from = 0, at = 0; from < values; from += blockValues, at += blockBytes) {
    const found = codec.checkBlock(bytes, at, Math.min(blockValues, values - from));
    if (found === "malformed" || found === "not-finite") return found;
    if (found === "values") finding = found;
  }
  return finding;
}

/** `zero`: well-formed, and decodes to nothing but zeros. */
export type Finding = "malformed" | "not-finite" | "zero" | "values";

export const SCALE_BYTES = 4;
/** 1 - 2^-24: a float32 times this rounds to the float32 below it. */
const BELOW = 1 - 1 / 16_777_216;

const scratch = new DataView(new ArrayBuffer(SCALE_BYTES));

/** Scales are little-endian float32 at any byte. */
export function writeScale(bytes: Uint8Array, at: number, scale: number): void {
  scratch.setFloat32(0, scale, true);
  for (let i = 0; i < SCALE_BYTES; i++) bytes[at + i] = scratch.getUint8(i);
}

export function readScale(bytes: Uint8Array, at: number): number {
  for (let i = 0; i < SCALE_BYTES; i++) scratch.setUint8(i, bytes[at + i] as number);
  return scratch.getFloat32(0, true);
}

/** The step between two levels of `values[from .. to - 1]`: the largest magnitude has level `levels`. 0 where it is too small for steps. */
export function scaleFor(values: Float32Array, from: number, to: number, levels: number): number {
  let largest = 0;
  for (let i = from; i < to; i++) largest = Math.max(largest, Math.abs(values[i] as number));
  const scale = Math.fround(largest / levels);
  // Of the very largest float32 the scale may round up, so that its highest level is infinite: the float32 below it is not.
  return Number.isFinite(Math.fround(scale * levels)) ? scale : Math.fround(scale * BELOW);
}

/** The level nearest to a value, halves upwards. Of scale 0 there is only level 0. */
export function levelOf(value: number, scale: number, levels: number): number {
  if (scale === 0) return 0;
  const level = Math.floor(value / scale + 0.5);
  return Math.max(-levels, Math.min(levels, level));
}

/** Whether a scale is one that an encoder writes: not negative, and its highest level is finite. */
export function scaleFault(scale: number, levels: number): "malformed" | "not-finite" | undefined {
  if (!Number.isFinite(scale) || !Number.isFinite(Math.fround(scale * levels))) return "not-finite";
  return scale < 0 || Object.is(scale, -0) ? "malformed" : undefined;
}
