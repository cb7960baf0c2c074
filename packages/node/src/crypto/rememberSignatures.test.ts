import { portableScheme, type SignatureScheme, sha256 } from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { person } from "../../test/chain/people.ts";
import { rememberSignatures } from "./rememberSignatures.ts";

const key = person("ada");

function digestOf(number: number): Uint8Array {
  return sha256(Uint8Array.of(number));
}

function countingScheme(): { readonly scheme: SignatureScheme; readonly checked: () => number } {
  let checked = 0;
  const verify: SignatureScheme["verify"] = (...parts) => {
    checked++;
    return portableScheme.verify(...parts);
  };
  return { scheme: { sign: portableScheme.sign, verify }, checked: () => checked };
}

test("a signature is checked once, and a wrong one every time", () => {
  const { scheme, checked } = countingScheme();
  const remembering = rememberSignatures(scheme);
  const signature = remembering.sign(digestOf(1), key.privateKey);
  for (let again = 0; again < 3; again++) expect(remembering.verify(digestOf(1), signature, key.publicKey)).toBe(true);
  expect(checked()).toBe(1);
  expect(remembering.verify(digestOf(2), signature, key.publicKey)).toBe(false);
  expect(remembering.verify(digestOf(1), signature, person("ben").publicKey)).toBe(false);
  const altered = Uint8Array.from(signature);
  altered[63]! ^= 1;
  expect(remembering.verify(digestOf(1), altered, key.publicKey)).toBe(false);
  expect(remembering.verify(digestOf(1), altered, key.publicKey)).toBe(false);
  expect(checked()).toBe(5);
});

test("bytes that only together look like a known signature are none", () => {
  const { scheme, checked } = countingScheme();
  const remembering = rememberSignatures(scheme);
  const signature = remembering.sign(digestOf(1), key.privateKey);
  expect(remembering.verify(digestOf(1), signature, key.publicKey)).toBe(true);
  const moved = Uint8Array.of(...digestOf(1), signature[0]!);
  expect(remembering.verify(moved, signature.subarray(1), key.publicKey)).toBe(false);
  expect(checked()).toBe(1);
});

test("it forgets the oldest ones, so that its memory is bounded", () => {
  const { scheme, checked } = countingScheme();
  const remembering = rememberSignatures(scheme, 2);
  const signatures = [1, 2, 3, 4].map((number) => remembering.sign(digestOf(number), key.privateKey));
  const verify = (number: number) => remembering.verify(digestOf(number), signatures[number - 1]!, key.publicKey);
  for (const number of [1, 2, 3, 4]) expect(verify(number)).toBe(true);
  expect(checked()).toBe(4);
  for (const number of [3, 4]) verify(number);
  expect(checked()).toBe(4);
  verify(1);
  expect(checked()).toBe(5);
});
