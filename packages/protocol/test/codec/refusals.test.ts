/** Bytes and JSON that are nearly a value, and must not be one. */
import { expect, test } from "vitest";
import { type Codec, decode, encode, parseJson } from "../../src/codec/codec.ts";
import { list, optional, struct, union } from "../../src/codec/composites.ts";
import {
  bool,
  bytes,
  choice,
  count,
  fixedBytes,
  hexBytes,
  i128,
  text,
  u8,
  u16,
  u128,
} from "../../src/codec/primitives.ts";
import { accountId } from "../../src/types/identifiers.ts";
import { decodeTransaction, MOST_TRANSACTION_BYTES, TRANSACTION_KINDS } from "../../src/types/transaction.ts";

const hex = (digits: string) => Uint8Array.from(Buffer.from(digits.replaceAll(" ", ""), "hex"));
const point = struct({ x: u8, note: text(4) });
const shape = union({ dot: point, line: struct({ from: u8, to: u8 }) });
const HUGE = 0xffff_ffff;

const BAD_BYTES: readonly (readonly [why: string, codec: Codec<never>, bytes: string])[] = [
  ["a boolean of 2", bool as Codec<never>, "02"],
  ["a flag of presence of 2", optional(u8) as Codec<never>, "02 00"],
  ["a length with a byte that says nothing", bytes(9) as Codec<never>, "81 00 ff"],
  ["a length of zero in two bytes", text(9) as Codec<never>, "80 00"],
  ["a length of more than 32 bits", bytes(HUGE) as Codec<never>, "ff ff ff ff 1f"],
  ["a length that never ends", list(u8, HUGE) as Codec<never>, "80 80 80 80 80 80 80 80"],
  ["a length far beyond the bytes that there are", bytes(HUGE) as Codec<never>, "ff ff ff ff 0f 00"],
  ["a text length far beyond the bytes that there are", text(HUGE) as Codec<never>, "ff ff ff ff 0f 00"],
  ["a list length far beyond the bytes that there are", list(u16, HUGE) as Codec<never>, "ff ff ff ff 0f 00"],
  ["more bytes than the bound", bytes(2) as Codec<never>, "03 00 00 00"],
  ["more text than the bound", text(2) as Codec<never>, "03 61 61 61"],
  ["more items than the bound", list(u8, 2) as Codec<never>, "03 00 00 00"],
  ["an unknown kind", shape as Codec<never>, "02 00"],
  ["a known kind in two bytes", shape as Codec<never>, "80 00 00 00"],
  ["an unknown word", choice(["a", "b"]) as Codec<never>, "02"],
  ["a count of 2^53", count as Codec<never>, "00 00 00 00 00 00 20 00"],
  ["a count of 2^64 - 1", count as Codec<never>, "ff ff ff ff ff ff ff ff"],
  ["text with a lone continuation byte", text(9) as Codec<never>, "01 80"],
  ["text in an overlong form", text(9) as Codec<never>, "02 c0 af"],
  ["text with half of a surrogate pair", text(9) as Codec<never>, "03 ed a0 80"],
  ["text beyond Unicode", text(9) as Codec<never>, "04 f5 80 80 80"],
  ["text cut inside a character", text(9) as Codec<never>, "02 e2 82"],
];

test.each(BAD_BYTES)("bytes: %s is refused", (_, codec, digits) => {
  expect(decode(codec, hex(digits))).toMatchObject({ ok: false });
});

const BAD_JSON: readonly (readonly [why: string, codec: Codec<never>, json: unknown])[] = [
  ["a missing member", point as Codec<never>, { x: 1 }],
  ["a member too many", point as Codec<never>, { x: 1, note: "", y: 2 }],
  ["a member named __proto__", point as Codec<never>, JSON.parse('{"x":1,"note":"","__proto__":{}}')],
  ["a list for an object", point as Codec<never>, [1, ""]],
  ["null for an object", point as Codec<never>, null],
  ["a kind from the prototype of objects", shape as Codec<never>, { kind: "constructor" }],
  ["an object without a kind", shape as Codec<never>, { x: 1, note: "" }],
  ["a fraction for a whole number", u8 as Codec<never>, 1.5],
  ["a negative number", u8 as Codec<never>, -1],
  ["not a number", count as Codec<never>, Number.NaN],
  ["an infinite number", count as Codec<never>, Number.POSITIVE_INFINITY],
  ["2^53", count as Codec<never>, 9_007_199_254_740_992],
  ["a number for an amount", u128 as Codec<never>, 5],
  ["an amount with a leading zero", u128 as Codec<never>, "05"],
  ["an amount with a sign", u128 as Codec<never>, "-5"],
  ["an amount with an exponent", u128 as Codec<never>, "5e3"],
  ["an amount of 2^128", u128 as Codec<never>, "340282366920938463463374607431768211456"],
  ["a signed number of 2^127", i128 as Codec<never>, "170141183460469231731687303715884105728"],
  ["minus zero", i128 as Codec<never>, "-0"],
  ["text with half of a surrogate pair", text(9) as Codec<never>, "\ud800"],
  ["text that is too long in UTF-8", text(3) as Codec<never>, "éé"],
  ["hexadecimal in capitals", hexBytes(1) as Codec<never>, "AB"],
  ["half a byte", bytes(9) as Codec<never>, "abc"],
  ["a byte too few", fixedBytes(2) as Codec<never>, "ab"],
  ["an address in capitals", accountId as Codec<never>, "NEURO1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ"],
];

test.each(BAD_JSON)("JSON: %s is refused", (_, codec, json) => {
  expect(parseJson(codec, json)).toMatchObject({ ok: false });
});

test("a fault names the place where it is", () => {
  const nested = struct({ points: list(point, 9) });
  const json = {
    points: [
      { x: 0, note: "" },
      { x: 300, note: "" },
    ],
  };
  expect(parseJson(nested, json)).toMatchObject({ ok: false, path: "points[1].x" });
  expect(decode(nested, hex("01 00 05"))).toMatchObject({ ok: false, path: "points[0].note" });
});

test("values that a caller got wrong are not written", () => {
  expect(() => encode(u8, 256)).toThrow("whole number");
  expect(() => encode(u128, 1n << 128n)).toThrow("2^128");
  expect(() => encode(u128, -1n)).toThrow("2^128");
  expect(() => encode(i128, 1n << 127n)).toThrow("2^128");
  expect(() => encode(hexBytes<string>(20), "ab")).toThrow("1 bytes");
  expect(() => encode(text(9), "\udc00")).toThrow("surrogate");
});

test("a transaction above the largest size is not parsed at all", () => {
  const read = decodeTransaction(new Uint8Array(MOST_TRANSACTION_BYTES + 1));
  expect(read).toMatchObject({ ok: false, reason: "has 400001 bytes, at most 400000 are allowed" });
});

test("the number of a kind on the wire never changes: new kinds come to the end", () => {
  expect(TRANSACTION_KINDS.slice(0, 16)).toEqual([
    "transfer",
    "burn",
    "stake",
    "unstake",
    "delegate",
    "registerDevice",
    "retireDevice",
    "evidence",
    "nepSubmit",
    "nepEdit",
    "nepWithdraw",
    "nepVote",
    "bulkVote",
    "nepReady",
    "nepRollback",
    "nepComment",
  ]);
});
