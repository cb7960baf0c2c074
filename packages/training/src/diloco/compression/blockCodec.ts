/** How one block of values becomes bytes. Every block of a codec has a size that its length alone decides, so any block can be found and read by itself. */

export interface BlockCodec {
  /** On the wire. */
  readonly id: number;
  /** Values of a block; the last one of a contribution is shorter. A divisor of CHUNK_VALUES. */
  readonly blockValues: number;
  /** Part of what was left over before that goes into the next contribution. */
  readonly residualDecay: number;
  /** Bytes of a block with that many values. */
  blockBytes(values: number): number;
  /** `values` are finite. Writes `blockBytes(values.length)` bytes. */
  encode(values: Float32Array, bytes: Uint8Array): void;
  decode(bytes: Uint8Array, values: Float32Array): void;
  /** What no encoder writes; `isZero`: the block decodes to zeros. Everything `decode` gives for a block without fault is finite. */
  check(bytes: Uint8Array, values: number): BlockFinding;
}

export type BlockFinding = "malformed" | "not-finite" | "zero" | "values";

const scratch = new DataView(new ArrayBuffer(4));

/** Scales are little-endian float32 at any byte. */
export function writeFloat(bytes: Uint8Array, at: number, value: number): void {
  scratch.setFloat32(0, value, true);
  for (let i = 0; i < 4; i++) bytes[at + i] = scratch.getUint8(i);
}

export function readFloat(bytes: Uint8Array, at: number): number {
  for (let i = 0; i < 4; i++) scratch.setUint8(i, bytes[at + i] as number);
  return scratch.getFloat32(0, true);
}

export function largestMagnitude(values: Float32Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const magnitude = Math.abs(values[i] as number);
    if (magnitude > largest) largest = magnitude;
  }
  return largest;
}

/** The step between two levels, so that `levels` of them reach the largest magnitude without overflow; 0 for zeros. */
export function scaleFor(values: Float32Array, levels: number): number {
  return Math.fround(largestMagnitude(values) / levels);
}

/** The level nearest to a value, halves upwards. `scale` is above 0. */
export function levelOf(value: number, scale: number, levels: number): number {
  const level = Math.floor(value / scale + 0.5);
  return Math.max(-levels, Math.min(levels, level));
}

/** Whether a scale is one that an encoder writes: not negative, and its highest level is finite. */
export function scaleFinding(scale: number, levels: number): "malformed" | "not-finite" | undefined {
  if (!Number.isFinite(scale) || !Number.isFinite(Math.fround(scale * levels))) return "not-finite";
  return scale < 0 || Object.is(scale, -0) ? "malformed" : undefined;
}
