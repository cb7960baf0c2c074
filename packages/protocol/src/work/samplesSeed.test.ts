import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { Digest } from "../types/identifiers.ts";
import { samplesSeed } from "./samplesSeed.ts";

const SEED = "5a".repeat(32) as Digest;

/** By the text of the specification, with another implementation of the hash. */
function specified(slot: number): number {
  const tag = Buffer.from("neuroshard/samples");
  const place = Buffer.alloc(4);
  place.writeUInt32BE(slot);
  const hash = createHash("sha256")
    .update(Buffer.from([tag.length]))
    .update(tag)
    .update(Buffer.from(SEED, "hex"));
  return Number(hash.update(place).digest().readBigUInt64BE() >> 12n);
}

test("each slot of a round has a seed of its own: the first 52 bits of the hash of the round's seed and its place", () => {
  const slots = [0, 1, 255, 256, 4095];
  const seeds = slots.map((slot) => samplesSeed(SEED, slot));
  expect(seeds).toEqual(slots.map(specified));
  expect(new Set(seeds).size).toBe(slots.length);
  expect(seeds.every(Number.isSafeInteger)).toBe(true);
});
