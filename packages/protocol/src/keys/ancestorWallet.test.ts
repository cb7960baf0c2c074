import { expect, test } from "vitest";
import { bytesToHex } from "../crypto/hash.ts";
import { accountKeyFromMnemonic } from "./accountKey.ts";
import { ancestorKeyFromToken, ancestorTokenOf, isAncestorToken } from "./ancestorWallet.ts";
import { mnemonicFromEntropy } from "./mnemonic.ts";

/** Measured on the ancestor itself, with eleven times `abandon` and `about`. */
const ANCESTOR = {
  token: "5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc1",
  privateKey: "fc087959d669496c56e7a26d46052cdd173ba9885bc291d5f734b9ffe8d443de",
  publicKey: "031d3e8ce949d8238051381936dfb907880701add84276efb93af9f9ad0a22c341",
  nodeId: "d72992fd962a53bbab62f8710b11e0f7",
};

const mnemonic = mnemonicFromEntropy(new Uint8Array(16));

test("words give the ancestor's token, key and node id", () => {
  const token = ancestorTokenOf(mnemonic);
  const { privateKey, publicKey, ancestorNodeId } = ancestorKeyFromToken(token);
  expect({
    token,
    privateKey: bytesToHex(privateKey),
    publicKey: bytesToHex(publicKey),
    nodeId: ancestorNodeId,
  }).toEqual(ANCESTOR);
});

test("the account begins with the node id, and is another one than that of the same words today", () => {
  const { account, ancestorNodeId } = ancestorKeyFromToken(ANCESTOR.token);
  expect(account.startsWith(ancestorNodeId)).toBe(true);
  expect(accountKeyFromMnemonic(mnemonic).account).not.toBe(account);
});

test.each([
  ["a word", "hunter2"],
  ["a capital letter", ANCESTOR.token.toUpperCase()],
  ["a digit too few", ANCESTOR.token.slice(1)],
  ["a digit too many", `${ANCESTOR.token}0`],
  ["a line break", `${ANCESTOR.token}\n`],
  ["words", `${"abandon ".repeat(11)}about`],
])("W6: %s is no token, and does not become a wallet", (_title, text) => {
  expect(isAncestorToken(text)).toBe(false);
  expect(() => ancestorKeyFromToken(text)).toThrow("internal");
});
