/** The inner optimiser's state as a blob: first moments, second moments, and the step as a little-endian u64. Spec: spec/rounds.md#R3. */
import type { InnerLoop } from "./innerLoop.ts";

const STEP_BYTES = 8;

/** The blob in parts, which are views of the loop's values. */
export function optimizerParts(loop: InnerLoop, adamStep: number): Uint8Array[] {
  const step = new Uint8Array(STEP_BYTES);
  new DataView(step.buffer).setBigUint64(0, BigInt(adamStep), true);
  return [bytesOf(loop.values("firstMoments")), bytesOf(loop.values("secondMoments")), step];
}

/** Loads the moments and returns the step; `undefined`: zeros. Throws RangeError for bytes of another model. */
export function loadOptimizer(loop: InnerLoop, bytes: Uint8Array | undefined): number {
  if (bytes === undefined) {
    loop.values("firstMoments").fill(0);
    loop.values("secondMoments").fill(0);
    return 0;
  }
  const part = 4 * loop.parameterCount;
  if (bytes.length !== 2 * part + STEP_BYTES) {
    throw new RangeError(`an optimiser state of this model has ${2 * part + STEP_BYTES} bytes, not ${bytes.length}`);
  }
  bytesOf(loop.values("firstMoments")).set(bytes.subarray(0, part));
  bytesOf(loop.values("secondMoments")).set(bytes.subarray(part, 2 * part));
  return Number(new DataView(bytes.buffer, bytes.byteOffset + 2 * part).getBigUint64(0, true));
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The bytes under the values: float32, little-endian, on every machine that runs this. */
export function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** The values in the bytes, copied where they are not aligned. Throws RangeError where their number is not `count`. */
export function floatsOf(bytes: Uint8Array, count: number): Float32Array {
  if (bytes.length !== 4 * count) throw new RangeError(`${count} values have ${4 * count} bytes, not ${bytes.length}`);
  const isAligned = bytes.byteOffset % 4 === 0;
  const { buffer, byteOffset } = isAligned ? bytes : bytes.slice();
  return new Float32Array(buffer, isAligned ? byteOffset : 0, count);
}
