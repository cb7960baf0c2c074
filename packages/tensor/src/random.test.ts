/** Known answers published with the Random123 library (file kat_vectors, entries philox4x32-10). */
import { expect, test } from "vitest";
import { philox4x32 } from "./random.ts";

test("Philox4x32-10 gives the published answer for a zero key and counter", () => {
  expect(philox4x32(0, 0, 0, 0, 0, 0)).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
});

test("Philox4x32-10 gives the published answer when every bit is set", () => {
  const ones = 0xffffffff;
  expect(philox4x32(ones, ones, ones, ones, ones, ones)).toEqual([0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]);
});

test("Philox4x32-10 gives the published answer for the digits of pi", () => {
  const answer = philox4x32(0xa4093822, 0x299f31d0, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344);
  expect(answer).toEqual([0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]);
});

test("arguments are taken modulo 2^32", () => {
  expect(philox4x32(-1, 0, 2 ** 32, 0, 0, 0)).toEqual(philox4x32(0xffffffff, 0, 0, 0, 0, 0));
});
