/** How much is hashed for a change: counted, not timed. */
import { expect, test, vi } from "vitest";
import { u32 } from "../codec/primitives.ts";
import { sha256 } from "../crypto/hash.ts";
import { MerkleMap } from "./merkleMap.ts";

const counter = vi.hoisted(() => ({ hashes: 0 }));

// The real module; it only counts.
vi.mock("../crypto/hash.ts", async (original) => {
  const real = await original<typeof import("../crypto/hash.ts")>();
  const counting = (bytes: Uint8Array): Uint8Array => {
    counter.hashes++;
    return real.sha256(bytes);
  };
  return { ...real, sha256: counting };
});

function hashesOf(action: () => unknown): number {
  counter.hashes = 0;
  action();
  return counter.hashes;
}

function keyOf(index: number): string {
  return Buffer.from(sha256(Buffer.from(String(index)))).toString("hex");
}

function filled(size: number): MerkleMap<number> {
  const entries = Array.from({ length: size }, (_, index) => [keyOf(index), index] as const);
  return MerkleMap.empty({ value: u32, path: "direct" as const }).with(entries);
}

test.each([100, 1000, 10_000])("in %i entries, a changed entry costs a way to the root and no more", (size) => {
  const map = filled(size);
  expect(hashesOf(() => map.root())).toBeGreaterThanOrEqual(2 * size - 1);
  expect(hashesOf(() => map.root())).toBe(0);
  // Random paths part after log2(size) bits, a few later.
  const mostWay = Math.ceil(Math.log2(size)) + 14;
  for (const index of [0, 7, 42]) {
    expect(hashesOf(() => map.with([[keyOf(index), 1]]).root())).toBeLessThanOrEqual(mostWay);
    expect(hashesOf(() => map.with([[keyOf(index), undefined]]).root())).toBeLessThanOrEqual(mostWay);
  }
});

test("changing k of n entries together costs less than k ways", () => {
  const map = filled(10_000);
  map.root();
  const changed = Array.from({ length: 100 }, (_, index) => [keyOf(index), 1] as const);
  expect(hashesOf(() => map.with(changed).root())).toBeLessThan(100 * 15);
});
