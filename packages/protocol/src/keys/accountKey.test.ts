import { expect, test } from "vitest";
import { bytesToHex, hexToBytes } from "../crypto/hash.ts";
import { accountKeyFromMnemonic, accountKeyOf, deriveKey } from "./accountKey.ts";
import { formatAddress } from "./address.ts";
import { type Mnemonic, readMnemonic, seedOf } from "./mnemonic.ts";

function mnemonic(text: string): Mnemonic {
  const read = readMnemonic(text);
  if (!read.ok) throw new Error(read.problem.code);
  return read.mnemonic;
}

test("BIP-32 test vector 1 gives the published key at its deepest path", () => {
  const { privateKey, publicKey } = deriveKey(hexToBytes("000102030405060708090a0b0c0d0e0f"), "m/0'/1/2'/2/1000000000");
  expect(bytesToHex(privateKey)).toBe("471b76e389e528d6de6d816857e012c5455051cad6660850e58372a6c3e6e7c8");
  expect(bytesToHex(publicKey)).toBe("022a471424da5e657499d1ff51cb43c47481a03b1e77f951fe64cec9f5a48f7011");
});

test("words give the key that other wallets find at the same path", () => {
  // The first account of the Ethereum development tools, which everybody knows.
  const seed = seedOf(mnemonic(`${"test ".repeat(11)}junk`));
  expect(bytesToHex(deriveKey(seed, "m/44'/60'/0'/0/0").privateKey)).toBe(
    "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
  );
});

test("the account of a phrase is at the documented path", () => {
  const phrase = mnemonic(`${"abandon ".repeat(11)}about`);
  expect(accountKeyFromMnemonic(phrase)).toEqual(deriveKey(seedOf(phrase), "m/44'/1313166674'/0'/0/0"));
});

test("the public key of 1 is the generator, and its account the beginning of its SHA-256", () => {
  const one = new Uint8Array(32).fill(1, 31);
  const { publicKey, account } = accountKeyOf(one);
  expect(bytesToHex(publicKey)).toBe("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
  expect(account).toBe("0f715baf5d4c2ed329785cef29e562f73488c8a2");
  expect(formatAddress(account)).toMatch(/^neuro1[02-9ac-hj-np-z]{38}$/);
});
