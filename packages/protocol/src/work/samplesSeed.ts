/** Which data a slot trains on: a seed for its sample offsets, the same for whoever replays it. Spec: spec/rounds.md#R3. */
import { hexToBytes, taggedDigest } from "../crypto/hash.ts";
import type { Digest } from "../types/identifiers.ts";

const HEX_DIGITS = 13;

/** 52 bits, so that it is exact as a number. */
export function samplesSeed(roundSeed: Digest, slot: number): number {
  const place = Uint8Array.of(slot >>> 24, slot >>> 16, slot >>> 8, slot);
  return Number.parseInt(taggedDigest("samples", hexToBytes(roundSeed), place).slice(0, HEX_DIGITS), 16);
}
