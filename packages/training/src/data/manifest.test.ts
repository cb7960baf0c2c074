import { describe, expect, test } from "vitest";
import { makeManifest, parseManifest, shardRanges } from "./manifest.ts";

const digest = "ab".repeat(32);
const manifest = makeManifest({
  source: { name: "notes.txt", sha256: digest },
  tokenizerDigest: digest,
  vocabularySize: 65,
  tokenBytes: 2,
  shards: [
    { file: "shard-00000.tokens", tokens: 10, sha256: digest },
    { file: "shard-00001.tokens", tokens: 5, sha256: digest },
  ],
});

test("shards are full but for the last", () => {
  expect(shardRanges(25, 10)).toEqual([
    { start: 0, end: 10 },
    { start: 10, end: 20 },
    { start: 20, end: 25 },
  ]);
  expect(shardRanges(20, 10).length).toBe(2);
  expect(shardRanges(0, 10)).toEqual([]);
});

describe("a manifest", () => {
  test("counts the tokens of its shards and divides them", () => {
    expect(manifest).toMatchObject({ version: 1, trainTokens: 13, validationTokens: 2 });
  });

  test("comes back from its JSON", () => {
    expect(parseManifest(JSON.parse(JSON.stringify(manifest)), "manifest.json")).toEqual(manifest);
  });

  const shard = manifest.shards[0];
  test.each<[string, Record<string, unknown>]>([
    ["version", { version: 2 }],
    ["source", { source: { name: "notes.txt" } }],
    ["tokenizerDigest", { tokenizerDigest: "abc" }],
    ["vocabularySize", { vocabularySize: -1 }],
    ["tokenBytes", { tokenBytes: 3 }],
    ["shards", { shards: [{ ...shard, file: "../../etc/passwd" }] }],
    ["shards", { shards: [{ ...shard, tokens: 1.5 }] }],
    ["trainTokens", { trainTokens: 12, validationTokens: 3 }],
    ["split", { split: "random" }],
  ])("with a bad %s is refused by name", (field, change) => {
    expect(() => parseManifest({ ...manifest, ...change }, "data/manifest.json")).toThrow(
      expect.objectContaining({ code: "BAD_MANIFEST", data: { path: "data/manifest.json", field } }),
    );
  });

  test("that is no object is refused", () => {
    expect(() => parseManifest(null, "manifest.json")).toThrow("is not a JSON object");
    expect(() => parseManifest([], "manifest.json")).toThrow('no valid "version"');
  });
});
