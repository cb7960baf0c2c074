/** The logarithm against 120-digit values from Python (test/log2/makeVectors.py). */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ONE } from "./decimal.ts";
import { log2 } from "./log2.ts";

const VECTORS: readonly (readonly [string, string, string])[] = JSON.parse(
  readFileSync(new URL("../../test/log2/vectors.json", import.meta.url), "utf8"),
);

test("equals the high-precision logarithm, rounded down, in every vector", () => {
  expect(VECTORS.length).toBeGreaterThan(200);
  for (const [numerator, denominator, expected] of VECTORS) {
    expect(String(log2(BigInt(numerator), BigInt(denominator))), `${numerator} / ${denominator}`).toBe(expected);
  }
});

test("is exact for powers of two", () => {
  expect(log2(2n, 1n)).toBe(ONE);
  expect(log2(1024n * 7n, 7n)).toBe(10n * ONE);
  expect(log2(5n, 5n)).toBe(0n);
});

test("refuses what has no logarithm of at least 0", () => {
  expect(() => log2(1n, 2n)).toThrow("internal:");
  expect(() => log2(1n, 0n)).toThrow("internal:");
});
