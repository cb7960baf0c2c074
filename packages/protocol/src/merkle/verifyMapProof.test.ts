/** Proofs of presence and absence: the honest ones hold, altered ones do not. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { propertySettings } from "../../test/propertySettings.ts";
import { encode } from "../codec/codec.ts";
import { bytes } from "../codec/primitives.ts";
import { bytesToHex, sha256 } from "../crypto/hash.ts";
import { type MapProof, MerkleMap } from "./merkleMap.ts";
import { verifyMapProof } from "./verifyMapProof.ts";

const value = bytes(64);
const keyOf = (index: number): string => bytesToHex(sha256(Uint8Array.of(index))).slice(0, 40);
const entryOf = (index: number) => [keyOf(index), Uint8Array.of(index, 255)] as const;
const mapOf = (size: number) =>
  MerkleMap.empty({ value, path: "direct" as const }).with(Array.from({ length: size }, (_, index) => entryOf(index)));

test("every key of every small map is proved present or absent", () => {
  for (let size = 0; size <= 40; size++) {
    const map = mapOf(size);
    const root = bytesToHex(map.root());
    for (let index = 0; index <= 45; index++) {
      const key = keyOf(index);
      const expected =
        index < size ? { kind: "present", value: bytesToHex(encode(value, entryOf(index)[1])) } : { kind: "absent" };
      expect(verifyMapProof(root, key, map.prove(key))).toEqual(expected);
    }
  }
});

test("a proof with any one bit changed, a step more or a step less proves nothing", () => {
  const map = mapOf(20);
  const root = bytesToHex(map.root());
  for (const key of [3, 11, 30, 41].map(keyOf)) {
    const honest = verifyMapProof(root, key, map.prove(key)).kind;
    for (const altered of alterations(map.prove(key))) {
      expect(verifyMapProof(root, key, altered), `${honest} ${JSON.stringify(altered)}`).toEqual({ kind: "invalid" });
    }
  }
});

function* alterations({ siblings, leaf }: MapProof): Generator<MapProof> {
  for (const [index, sibling] of siblings.entries()) {
    for (const changed of oneBitOff(sibling)) yield { siblings: siblings.with(index, changed), leaf };
    yield { siblings: siblings.toSpliced(index, 1), leaf };
    yield { siblings: siblings.toSpliced(index, 0, sibling), leaf };
  }
  yield { siblings: [...siblings, "00".repeat(32)], leaf };
  if (leaf === undefined) return;
  yield { siblings, leaf: undefined };
  for (const path of oneBitOff(leaf.path)) yield { siblings, leaf: { ...leaf, path } };
  for (const changed of oneBitOff(leaf.value)) yield { siblings, leaf: { ...leaf, value: changed } };
}

function* oneBitOff(hexadecimal: string): Generator<string> {
  const octets = Buffer.from(hexadecimal, "hex");
  for (let bit = 0; bit < 8 * octets.length; bit++) {
    const changed = Buffer.from(octets);
    changed[bit >> 3]! ^= 1 << (bit & 7);
    yield changed.toString("hex");
  }
}

test("an entry that is there cannot be hidden by moving the border between its path and its value", () => {
  const map = mapOf(20);
  const root = bytesToHex(map.root());
  const key = keyOf(3);
  const { siblings, leaf } = map.prove(key);
  for (let digits = 2; digits <= leaf!.value.length; digits += 2) {
    const moved = { path: leaf!.path + leaf!.value.slice(0, digits), value: leaf!.value.slice(digits) };
    expect(verifyMapProof(root, key, { siblings, leaf: moved })).toEqual({ kind: "invalid" });
    expect(verifyMapProof(root, moved.path, { siblings, leaf })).toEqual({ kind: "invalid" });
  }
});

test("a proof of another key proves nothing, unless that key's entry stands where this one would", () => {
  const map = mapOf(20);
  const root = bytesToHex(map.root());
  for (let of = 0; of < 45; of++) {
    for (let index = 0; index < 45; index++) {
      const verdict = verifyMapProof(root, keyOf(index), map.prove(keyOf(of))).kind;
      expect(verdict === "invalid" || (verdict === "present") === index < 20).toBe(true);
      expect(verdict === "absent" && index < 20).toBe(false);
    }
  }
});

test("no proof, however odd, makes the check throw", () => {
  const digits = fc.string({ unit: fc.constantFrom(..."0123456789abcdefAF-"), maxLength: 80 });
  const proof = fc.record({
    siblings: fc.array(fc.oneof(digits, fc.constant("ab".repeat(32))), { maxLength: 300 }),
    leaf: fc.option(fc.record({ path: digits, value: digits }), { nil: undefined }),
  });
  fc.assert(
    fc.property(digits, digits, proof, (root, path, given) => {
      expect(verifyMapProof(root, path, given)).toEqual({ kind: "invalid" });
    }),
    propertySettings(43, 300),
  );
});
