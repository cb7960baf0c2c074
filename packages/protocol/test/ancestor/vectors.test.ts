/** Proposals of the ancestor against vectors.json, which makeVectors.py made beside it. */
import { readFileSync } from "node:fs";
import { describeImpactLegacy, legacyHash, NEUTRAL_IMPACT, readProposal, writeProposal } from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { pythonRepr } from "../../src/nep/ancestor/pythonRepr.ts";
import { decimal } from "../../src/numbers/decimal.ts";

interface Vectors {
  readonly proposals: readonly { readonly stored: string; readonly hash: string }[];
  readonly floats: readonly { readonly source: string; readonly repr: string }[];
  readonly tenths: readonly { readonly source: string; readonly text: string }[];
}

const vectors = JSON.parse(readFileSync(new URL("vectors.json", import.meta.url), "utf8")) as Vectors;

test("the three published hashes are the first three vectors", () => {
  expect(vectors.proposals.slice(0, 3).map(({ hash }) => hash)).toEqual([
    "56980a720c608c6c1961bfff76a65ab4",
    "4624a9e8aa17c408e3bc36151a5d8af0",
    "6faa678d56f1934ee593a5db794221a2",
  ]);
});

test.each(vectors.proposals)(
  "a stored proposal hashes to $hash as in Python, and is written back byte for byte",
  (vector) => {
    const read = readProposal(vector.stored);
    if (!read.ok) throw new Error(`${read.path} ${read.reason}`);
    expect(legacyHash(read.proposal)).toBe(vector.hash);
    expect(writeProposal(read.proposal)).toBe(vector.stored);
  },
);

test("floats are written as Python writes them, whatever their range", () => {
  expect(vectors.floats.map(({ source }) => pythonRepr(source))).toEqual(vectors.floats.map(({ repr }) => repr));
});

test("percentages are rounded to one decimal, ties to even, with the sign of the exact value", () => {
  const texts = vectors.tenths.map(({ source }) => {
    return describeImpactLegacy({ ...NEUTRAL_IMPACT, netEarningsChangePercent: decimal(source) });
  });
  expect(texts).toEqual(vectors.tenths.map(({ text }) => `Net earnings: ${text}%`));
});
