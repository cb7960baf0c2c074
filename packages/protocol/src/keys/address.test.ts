import { bech32, bech32m } from "@scure/base";
import { describe, expect, test } from "vitest";
import { hexToBytes } from "../crypto/hash.ts";
import type { AccountId } from "../types/identifiers.ts";
import { formatAddress, parseAddress } from "./address.ts";

const LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const ACCOUNT = "0f715baf5d4c2ed329785cef29e562f73488c8a2" as AccountId;
const ADDRESS = formatAddress(ACCOUNT);

/** The checksum as BIP-173 and BIP-350 give it in Python; 0x2bc830a3 stands for a whole bech32m string. */
function checksumOf(address: string): number {
  const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
  const prefix = [..."neuro"].map((letter) => letter.charCodeAt(0));
  const data = [...address.slice("neuro1".length)].map((letter) => LETTERS.indexOf(letter));
  let checksum = 1;
  for (const value of [...prefix.map((code) => code >> 5), 0, ...prefix.map((code) => code & 31), ...data]) {
    const top = checksum >> 25;
    checksum = ((checksum & 0x1ffffff) << 5) ^ value;
    for (const [bit, term] of generator.entries()) if ((top >> bit) & 1) checksum ^= term;
  }
  return checksum;
}

test("an address is bech32m as BIP-350 defines it, and reads back", () => {
  expect(ADDRESS).toMatch(/^neuro1[02-9ac-hj-np-z]{38}$/);
  expect(checksumOf(ADDRESS)).toBe(0x2bc830a3);
  expect(parseAddress(ADDRESS)).toEqual({ ok: true, account: ACCOUNT });
});

test("every slip of one character is noticed", () => {
  let slips = 0;
  for (let at = 0; at < ADDRESS.length; at++) {
    for (const letter of `${LETTERS}1bio`) {
      const slip = ADDRESS.slice(0, at) + letter + ADDRESS.slice(at + 1);
      if (slip === ADDRESS) continue;
      expect(parseAddress(slip).ok, slip).toBe(false);
      slips += 1;
    }
  }
  expect(slips).toBeGreaterThan(44 * 34);
});

test("a character left out, doubled, or swapped with its neighbour is noticed", () => {
  for (let at = 0; at < ADDRESS.length; at++) {
    const [before, letter, next = "", after] = [
      ADDRESS.slice(0, at),
      ADDRESS[at]!,
      ADDRESS[at + 1],
      ADDRESS.slice(at + 2),
    ];
    const slips = [before + next + after, before + letter + letter + next + after];
    if (letter !== next) slips.push(before + next + letter + after);
    for (const slip of slips) expect(slip === ADDRESS || !parseAddress(slip).ok, slip).toBe(true);
  }
});

describe("what is no address is refused with the reason", () => {
  const words = (bytes: number) => bech32m.toWords(hexToBytes(ACCOUNT + ACCOUNT).subarray(0, bytes));

  test.each<[string, unknown, RegExp]>([
    ["mixed case", ADDRESS.slice(0, -1) + ADDRESS.slice(-1).toUpperCase(), /slip/],
    ["capital letters, in which BIP-350 lets one draw QR codes", ADDRESS.toUpperCase(), /begin with neuro1/],
    ["the older bech32", bech32.encode("neuro", words(20)), /slip/],
    ["another network's address of BIP-350", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", /begin/],
    ["19 bytes", bech32m.encode("neuro", words(19)), /does not hold 20 bytes/],
    ["21 bytes", bech32m.encode("neuro", words(21)), /does not hold 20 bytes/],
    ["bits that are left over", bech32m.encode("neuro", [...words(20), 0]), /does not hold 20 bytes/],
    ["spaces around it", ` ${ADDRESS} `, /begin/],
    ["the empty text", "", /begin/],
    ["a number", 7, /is no address/],
    ["null", null, /is no address/],
  ])("%s", (_title, address, reason) => {
    expect(parseAddress(address)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });
});
