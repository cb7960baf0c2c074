import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { blobDigest, CHUNK_BYTES, chunkCountOf, chunkHashes, digestOfChunks, type HashParts } from "./blobDigest.ts";

const fastHash: HashParts = (parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const node = (...parts: readonly Uint8Array[]) => fastHash([Uint8Array.of(1), ...parts]);
const leaf = (chunk: Uint8Array) => fastHash([Uint8Array.of(0), chunk]);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

function blobOf(bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, index) => (index * 7 + (index >>> 10)) & 0xff);
}

test("a blob of up to a mebibyte is one leaf, and one of nothing is the empty list of RFC 6962", () => {
  for (const bytes of [1, CHUNK_BYTES - 1, CHUNK_BYTES]) {
    expect(blobDigest(blobOf(bytes), fastHash)).toBe(hex(leaf(blobOf(bytes))));
  }
  expect(blobDigest(new Uint8Array(0))).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test("longer ones are the tree of RFC 6962 over their chunks, the last one as long as it is", () => {
  const blob = blobOf(2 * CHUNK_BYTES + 5);
  const [a, b, c] = [0, 1, 2].map((index) => leaf(blob.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES)));
  expect(blobDigest(blob, fastHash)).toBe(hex(node(node(a!, b!), c!)));
  expect(digestOfChunks([a!, b!, c!])).toBe(blobDigest(blob, fastHash));
  expect([0, 1, CHUNK_BYTES, CHUNK_BYTES + 1].map(chunkCountOf)).toEqual([0, 1, 1, 2]);
});

test("every implementation of the hash gives the same name, and every byte counts", () => {
  const blob = blobOf(CHUNK_BYTES + 1);
  expect(chunkHashes(blob).map(hex)).toEqual(chunkHashes(blob, fastHash).map(hex));
  for (const index of [0, CHUNK_BYTES - 1, CHUNK_BYTES]) {
    const changed = blob.with(index, blob[index]! ^ 1);
    expect(blobDigest(changed, fastHash)).not.toBe(blobDigest(blob, fastHash));
  }
});
