/** What every signature scheme promises, run for each of them, and that they agree to the byte. */
import { accountKeyOf, portableScheme, type SignatureScheme } from "@neuroshard/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseScheme } from "../src/crypto/chooseScheme.ts";
import { loadNativeScheme } from "../src/crypto/nativeScheme.ts";

/** The order of the group, by SEC 2. */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
/** The prime of the field. */
const FIELD = 2n ** 256n - 2n ** 32n - 977n;
const SEED = 20_260_101;

const native = loadNativeScheme();
const SCHEMES: readonly (readonly [name: string, scheme: SignatureScheme])[] = [
  ["portable", portableScheme],
  ...(native === undefined ? [] : [["native", native] as const]),
];

function toBytes(value: bigint): Uint8Array {
  return Uint8Array.from(Buffer.from(value.toString(16).padStart(64, "0"), "hex"));
}

function toBigint(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
}

const KEY = accountKeyOf(toBytes(0x1234_5678_9abc_def0n));
const DIGEST = toBytes(0xfeed_beefn << 128n);
const SIGNATURE = portableScheme.sign(DIGEST, KEY.privateKey);
const R = SIGNATURE.subarray(0, 32);
const S = SIGNATURE.subarray(32);

const joined = (r: Uint8Array, s: Uint8Array): Uint8Array => Uint8Array.of(...r, ...s);
const flipped = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
const point = (prefix: number, x: bigint): Uint8Array => Uint8Array.of(prefix, ...toBytes(x));

describe.each(SCHEMES)("the %s scheme", (_name, scheme) => {
  const accepts = (digest: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean =>
    scheme.verify(digest, signature, publicKey);

  test("accepts what it was signed for, and signs the same bytes again", () => {
    expect(accepts(DIGEST, SIGNATURE, KEY.publicKey)).toBe(true);
    expect(scheme.sign(DIGEST, KEY.privateKey)).toEqual(SIGNATURE);
  });

  test("refuses an upper-half s, with which a second signature could be made out of a first", () => {
    const high = joined(R, toBytes(ORDER - toBigint(S)));
    expect(accepts(DIGEST, high, KEY.publicKey)).toBe(false);
  });

  test("refuses a change of any one byte of digest, signature and key", () => {
    for (let at = 0; at < 64; at++) expect(accepts(DIGEST, flipped(SIGNATURE, at), KEY.publicKey)).toBe(false);
    for (let at = 0; at < 33; at++) expect(accepts(DIGEST, SIGNATURE, flipped(KEY.publicKey, at))).toBe(false);
    for (let at = 0; at < 32; at++) expect(accepts(flipped(DIGEST, at), SIGNATURE, KEY.publicKey)).toBe(false);
  });

  test.each<[string, Uint8Array]>([
    ["r of zero", joined(toBytes(0n), S)],
    ["s of zero", joined(R, toBytes(0n))],
    ["r and s of zero", new Uint8Array(64)],
    ["r of the group's order", joined(toBytes(ORDER), S)],
    ["s of the group's order", joined(R, toBytes(ORDER))],
    ["r and s of all ones", new Uint8Array(64).fill(0xff)],
    ["no bytes", new Uint8Array(0)],
    ["63 bytes", SIGNATURE.subarray(0, 63)],
    ["65 bytes", Uint8Array.of(...SIGNATURE, 0)],
    ["a recovery byte before", Uint8Array.of(0, ...SIGNATURE)],
  ])("refuses a signature with %s", (_title, signature) => {
    expect(accepts(DIGEST, signature, KEY.publicKey)).toBe(false);
  });

  test.each<[string, Uint8Array]>([
    // x = 5 has no y on the curve.
    ["an x that is on no point", point(2, 5n)],
    ["an x above the field", point(2, FIELD + 1n)],
    ["only zeros", new Uint8Array(33)],
    ["an unknown prefix", point(5, toBigint(KEY.publicKey.subarray(1)))],
    ["the prefix of an uncompressed key", point(4, toBigint(KEY.publicKey.subarray(1)))],
    ["the other y", point(KEY.publicKey[0]! ^ 1, toBigint(KEY.publicKey.subarray(1)))],
    ["no bytes", new Uint8Array(0)],
    ["32 bytes", KEY.publicKey.subarray(1)],
    ["65 bytes", new Uint8Array(65).fill(4, 0, 1)],
  ])("refuses a key with %s", (_title, publicKey) => {
    expect(accepts(DIGEST, SIGNATURE, publicKey)).toBe(false);
  });

  test("refuses the generator as an uncompressed key, although the curve has it", () => {
    const one = toBytes(1n);
    const x = 0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798n;
    const y = 0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8n;
    const signature = scheme.sign(DIGEST, one);
    expect(accepts(DIGEST, signature, point(2, x))).toBe(true);
    expect(accepts(DIGEST, signature, Uint8Array.of(4, ...toBytes(x), ...toBytes(y)))).toBe(false);
  });

  test.each([0, 31, 33, 64])("refuses a digest of %d bytes", (length) => {
    expect(accepts(new Uint8Array(length), SIGNATURE, KEY.publicKey)).toBe(false);
  });

  test("signs no message of another length and with no key outside of the group", () => {
    expect(() => scheme.sign(new Uint8Array(31), KEY.privateKey)).toThrow();
    for (const key of [toBytes(0n), toBytes(ORDER), new Uint8Array(31).fill(1)])
      expect(() => scheme.sign(DIGEST, key)).toThrow();
  });

  test("takes the smallest and the largest digest", () => {
    for (const digest of [new Uint8Array(32), new Uint8Array(32).fill(0xff)]) {
      const signature = scheme.sign(digest, KEY.privateKey);
      for (const [, other] of SCHEMES) expect(other.verify(digest, signature, KEY.publicKey)).toBe(true);
    }
  });

  test("keeps what it is given", () => {
    const [digest, signature, publicKey] = [DIGEST.slice(), SIGNATURE.slice(), KEY.publicKey.slice()];
    accepts(digest, joined(R, toBytes(ORDER - toBigint(S))), publicKey);
    accepts(digest, signature, publicKey);
    expect([digest, signature, publicKey]).toEqual([DIGEST, SIGNATURE, KEY.publicKey]);
  });
});

test("all schemes sign with the same bytes, and accept each other's", () => {
  const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const privateKey = fc.bigInt({ min: 1n, max: ORDER - 1n }).map(toBytes);
  fc.assert(
    fc.property(bytes, privateKey, (digest, key) => {
      const { publicKey } = accountKeyOf(key);
      const signatures = SCHEMES.map(([, scheme]) => scheme.sign(digest, key));
      for (const signature of signatures) {
        expect(signature).toEqual(signatures[0]);
        expect(toBigint(signature.subarray(32))).toBeLessThanOrEqual(ORDER / 2n);
        for (const [, scheme] of SCHEMES) expect(scheme.verify(digest, signature, publicKey)).toBe(true);
      }
    }),
    { seed: SEED, numRuns: 50 },
  );
});

test("the native scheme is taken where it loads and the portable one elsewhere, and the choice is told", () => {
  expect(chooseScheme().kind).toBe(native === undefined ? "portable" : "native");
  expect(chooseScheme(() => undefined)).toEqual({ kind: "portable", scheme: portableScheme });
});
