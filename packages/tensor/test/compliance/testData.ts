/** Numbers for compliance cases: slices of one pool of random words, so that thousands of cases cost little. */
import { philox4x32 } from "../../src/random.ts";

const POOL_WORDS = 1 << 16;
const pool = Uint32Array.from(
  Array.from({ length: POOL_WORDS / 4 }, (_, i) => philox4x32(0x5eed, 0, i, 0, 0, 0)).flat(),
);

function word(seed: number, index: number): number {
  return pool[(Math.imul(seed, 40503) + index) & (POOL_WORDS - 1)]!;
}

/** A plain loop: thousands of cases make this the larger part of the suite's time otherwise. */
function fill(count: number, value: (index: number) => number): Float32Array {
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = value(i);
  return values;
}

/** Uniform in [-size, size). */
export function uniform(count: number, seed: number, size = 1): Float32Array {
  return fill(count, (i) => (word(seed, i) / 2 ** 31 - 1) * size);
}

/** Random signs and digits, magnitudes from 2^lowest to 2^highest; lowest = -150 includes subnormal numbers and zero. */
export function spread(count: number, seed: number, [lowest, highest]: readonly [number, number]): Float32Array {
  return fill(count, (i) => {
    const bits = word(seed, i);
    const exponent = lowest + (word(seed + 1, i) % (highest - lowest));
    const magnitude = (1 + (bits & 0x7fffff) / 2 ** 23) * 2 ** exponent;
    return bits >>> 31 === 0 ? magnitude : -magnitude;
  });
}

/** Uniform in 0 ... bound - 1. */
export function integersBelow(bound: number, count: number, seed: number): number[] {
  return Array.from({ length: count }, (_, i) => word(seed, i) % bound);
}
