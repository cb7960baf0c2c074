/** The map against its definition, written down again here in the slowest way, with another SHA-256. */
import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { propertySettings } from "../../test/propertySettings.ts";
import { encode } from "../codec/codec.ts";
import { text } from "../codec/primitives.ts";
import { bytesToHex } from "../crypto/hash.ts";
import { type MapShape, MerkleMap } from "./merkleMap.ts";

const value = text(64);
const DIRECT: MapShape<string> = { value, path: "direct" };
const HASHED: MapShape<string> = { value, path: "hashed" };

type Change = readonly [key: string, value: string | undefined];

/** Few keys, so that they meet again; some differ in their last bits only, so that ways are long. */
const KEYS = Array.from({ length: 24 }, (_, index) => {
  const end = index.toString(16).padStart(2, "0");
  return index % 2 === 0
    ? `${"a5".repeat(19)}${end}`
    : hash(Buffer.from([index]))
        .toString("hex")
        .slice(0, 40);
});

const changes = (keys: readonly string[]): fc.Arbitrary<Change[]> =>
  fc.array(fc.tuple(fc.constantFrom(...keys), fc.option(fc.string({ maxLength: 8 }), { nil: undefined })), {
    maxLength: 30,
  });

function hash(...parts: readonly Uint8Array[]): Buffer {
  return parts.reduce((hasher, part) => hasher.update(part), createHash("sha256")).digest();
}

interface PathAndValue {
  /** As 0 and 1. */
  readonly bits: string;
  readonly path: Buffer;
  readonly value: string;
}

function referenceRoot(entries: readonly PathAndValue[], depth = 0): Buffer {
  if (entries.length === 0) return Buffer.alloc(32);
  if (entries.length === 1) return hash(Buffer.of(0), entries[0]!.path, encode(value, entries[0]!.value));
  const half = (bit: string) => entries.filter(({ bits }) => bits[depth] === bit);
  return hash(Buffer.of(1), referenceRoot(half("0"), depth + 1), referenceRoot(half("1"), depth + 1));
}

function rootOf(entries: ReadonlyMap<string, string>, { path }: MapShape<string>): string {
  const placed = [...entries].map(([key, each]) => {
    const place = path === "direct" ? Buffer.from(key, "hex") : hash(Buffer.from(key));
    const bits = [...place].map((byte) => byte.toString(2).padStart(8, "0")).join("");
    return { bits, path: place, value: each };
  });
  return referenceRoot(placed).toString("hex");
}

function applied(entries: ReadonlyMap<string, string>, batch: readonly Change[]): ReadonlyMap<string, string> {
  const next = new Map(entries);
  for (const [key, each] of batch) {
    if (each === undefined) next.delete(key);
    else next.set(key, each);
  }
  return next;
}

test.each([
  ["direct", DIRECT, KEYS],
  ["hashed", HASHED, ["", "a", "b", "model.A", "model.B", "né/π", "x".repeat(99)]],
])(
  "after any changes the root is that of the definition, and earlier maps are as they were (%s keys)",
  (...[, shape, keys]) => {
    fc.assert(
      fc.property(fc.array(changes(keys), { maxLength: 5 }), (batches) => {
        const versions = [{ map: MerkleMap.empty(shape), entries: new Map() as ReadonlyMap<string, string> }];
        for (const batch of batches) {
          const { map, entries } = versions.at(-1)!;
          // A batch names each key once, like the changes of a block.
          versions.push({ map: map.with(new Map(batch)), entries: applied(entries, batch) });
        }
        for (const { map, entries } of versions) {
          expect(bytesToHex(map.root())).toBe(rootOf(entries, shape));
          expect(map.size).toBe(entries.size);
          expect(new Map(map.entries())).toEqual(entries);
          for (const key of keys) expect(map.get(key)).toBe(entries.get(key));
        }
      }),
      propertySettings(41),
    );
  },
);

test("the order in which entries come, and what was there in between, leave no trace", () => {
  fc.assert(
    fc.property(changes(KEYS), fc.shuffledSubarray(KEYS, { minLength: KEYS.length }), (batch, order) => {
      const once = MerkleMap.empty(DIRECT).with(new Map(batch));
      let bySteps = MerkleMap.empty(DIRECT).with(KEYS.map((key) => [key, "gone soon"]));
      for (const key of order) bySteps = bySteps.with([[key, new Map(batch).get(key)]]);
      expect(bySteps.root()).toEqual(once.root());
      expect([...bySteps.entries()]).toEqual([...once.entries()]);
    }),
    propertySettings(42),
  );
});

test("no change gives the same map", () => {
  const map = MerkleMap.empty(DIRECT).with([[KEYS[0]!, "a"]]);
  expect(map.with([])).toBe(map);
  expect(map.with([[KEYS[1]!, undefined]]).root()).toEqual(map.root());
});
