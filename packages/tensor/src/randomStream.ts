/**
 * Random numbers as a pure function of (seed, purpose, counter): rule A4. Nothing is consumed, nothing needs to be saved
 * but the counter.
 */
import { cosSin, log } from "./deterministicMath.ts";
import { philox4x32 } from "./random.ts";

/** What random numbers are for: two purposes never share a stream. Numbers are fixed for ever, they shape every model. */
const purposes = { weights: 1, dataOrder: 2, sampling: 3, stories: 4, canary: 5 } as const;
export type Purpose = keyof typeof purposes;

export interface StreamKey {
  /** Any integer from 0 to 2^53 - 1: its low 32 bits go to the key, the others to the counter. */
  readonly seed: number;
  readonly purpose: Purpose;
}

/** Four uint32 numbers at a position: `major` (a tensor, a step) and `minor` (a place in it), both below 2^32. */
export function randomWords(key: StreamKey, major: number, minor: number): [number, number, number, number] {
  const high = Math.floor(key.seed / 2 ** 32);
  return philox4x32(key.seed % 2 ** 32, purposes[key.purpose], minor, major, high, 0);
}

/** A number in (0, 1): 32 random bits and a half. */
function unit(word: number): number {
  return (word + 0.5) / 2 ** 32;
}

/** Two independent N(0, 1) numbers (Box and Muller 1958). */
function normalPair(first: number, second: number): [number, number] {
  const radius = Math.sqrt(-2 * log(unit(first)));
  const { cos, sin } = cosSin(unit(second) * 6.283185307179586);
  return [radius * cos, radius * sin];
}

/** Fills `target` with N(0, deviation^2), rounded to float32; `major` names the tensor. */
export function fillNormal(target: Float32Array, key: StreamKey, major: number, deviation: number): void {
  for (let i = 0; i < target.length; i += 4) {
    const [a, b, c, d] = randomWords(key, major, i / 4);
    const values = [...normalPair(a, b), ...normalPair(c, d)];
    for (let j = 0; j < 4 && i + j < target.length; j++) target[i + j] = values[j]! * deviation;
  }
}

/** An exact float64 in [0, 1) with 53 random bits. */
export function randomUnit(key: StreamKey, major: number, minor: number): number {
  const [a, b] = randomWords(key, major, minor);
  return ((a >>> 5) * 67108864 + (b >>> 6)) / 2 ** 53;
}
