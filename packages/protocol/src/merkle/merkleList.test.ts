/** RFC 6962 lists: the roots of the RFC authors' own test data, and proofs of every item of every small list. */
import { expect, test } from "vitest";
import { bytesToHex, hexToBytes } from "../crypto/hash.ts";
import { type ListProof, listRoot, proveItem, verifyItem } from "./merkleList.ts";

/** The eight leaves and roots of the test data that the Certificate Transparency project published. */
const LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

test.each(ROOTS.map((root, size) => [size, root] as const))("the published root of %i leaves", (size, root) => {
  expect(bytesToHex(listRoot(LEAVES.slice(0, size).map(hexToBytes)))).toBe(root);
});

const itemsOf = (size: number) => Array.from({ length: size }, (_, index) => Uint8Array.of(index, 7));
const SIZES = Array.from({ length: 70 }, (_, index) => index + 1);

test("every item of every list of up to 70 is proved, and no other item by its proof", () => {
  for (const size of SIZES) {
    const items = itemsOf(size);
    const root = bytesToHex(listRoot(items));
    for (const [index, item] of items.entries()) {
      const proof = proveItem(items, index);
      expect(verifyItem(root, item, proof)).toBe(true);
      expect(verifyItem(root, items[(index + 1) % size]!, proof)).toBe(size === 1);
      expect(verifyItem(root, Uint8Array.of(...item, 0), proof)).toBe(false);
    }
  }
});

test("a proof with another place, size, step or root does not hold", () => {
  for (const size of SIZES) {
    const items = itemsOf(size);
    const root = bytesToHex(listRoot(items));
    for (const [index, item] of items.entries()) {
      for (const altered of alterations(proveItem(items, index))) {
        expect(verifyItem(root, item, altered), JSON.stringify(altered)).toBe(false);
      }
      expect(verifyItem(bytesToHex(listRoot(itemsOf(size + 1))), item, proveItem(items, index))).toBe(false);
    }
  }
});

function* alterations({ index, size, siblings }: ListProof): Generator<ListProof> {
  for (const other of [index - 1, index + 1, size, -1, 0.5, Number.NaN]) {
    if (other !== index) yield { index: other, size, siblings };
  }
  yield { index, size: 0, siblings };
  yield { index, size: index, siblings };
  yield { index, size: 4 * size, siblings };
  yield { index, size, siblings: [...siblings, "00".repeat(32)] };
  for (const [step, sibling] of siblings.entries()) {
    yield { index, size, siblings: siblings.toSpliced(step, 1) };
    const flipped = (Number.parseInt(sibling[step]!, 16) ^ 1).toString(16);
    yield { index, size, siblings: siblings.with(step, sibling.slice(0, step) + flipped + sibling.slice(step + 1)) };
    yield { index, size, siblings: siblings.with(step, sibling.slice(1)) };
    yield { index, size, siblings: siblings.with(step, "") };
  }
}
