/** Lots that nobody can choose: numbers from the beacon, one for each purpose. Spec: spec/audits.md#A1. */
import { hexToBytes, taggedDigest } from "../crypto/hash.ts";
import type { Digest } from "../types/identifiers.ts";
import { ONE } from "./decimal.ts";

const HEX_DIGITS = 48;

/** Uniform below 2^192: far above anything it is reduced to. */
function lot(beacon: Digest, label: string): bigint {
  const digest = taggedDigest("draw", hexToBytes(beacon), new TextEncoder().encode(label));
  return BigInt(`0x${digest.slice(0, HEX_DIGITS)}`);
}

/** Whole number below `bound`, which is above 0. */
export function drawBelow(beacon: Digest, label: string, bound: bigint): bigint {
  return lot(beacon, label) % bound;
}

/** True with a probability that counts 10^-18. */
export function drawChance(beacon: Digest, label: string, probability: bigint): boolean {
  return drawBelow(beacon, label, ONE) < probability;
}
