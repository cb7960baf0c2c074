import { expect, test } from "vitest";
import { bytesToTokens, makeTokenArray, tokenBytesFor, tokensToBytes } from "./tokens.ts";

test("ids take two bytes up to a vocabulary of 65,536 and four beyond", () => {
  expect(tokenBytesFor(65_536)).toBe(2);
  expect(tokenBytesFor(65_537)).toBe(4);
});

test("a shard is little-endian", () => {
  expect([...tokensToBytes(Uint16Array.of(1, 0x1234))]).toEqual([1, 0, 0x34, 0x12]);
  expect([...tokensToBytes(Uint32Array.of(0x89abcdef))]).toEqual([0xef, 0xcd, 0xab, 0x89]);
});

test.each([Uint16Array.of(0, 1, 65_535), Uint32Array.of(0, 65_536, 0xffffffff)])(
  "%o comes back unchanged",
  (tokens) => {
    const target = makeTokenArray(5, tokens.BYTES_PER_ELEMENT as 2 | 4);
    bytesToTokens(tokensToBytes(tokens), target, 1);
    expect([...target]).toEqual([0, ...tokens, 0]);
  },
);

test("bytes that are no whole number of ids, or too many, are refused", () => {
  expect(() => bytesToTokens(new Uint8Array(3), new Uint16Array(4), 0)).toThrow(RangeError);
  expect(() => bytesToTokens(new Uint8Array(4), new Uint16Array(4), 3)).toThrow(RangeError);
});
