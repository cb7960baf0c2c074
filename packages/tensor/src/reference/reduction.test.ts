/** The worked example of spec/arithmetic.md#R2. */
import { expect, test } from "vitest";
import { interleavedMax, interleavedSum } from "./reduction.ts";

const BIG = 2 ** 24;

test("R2: value i goes to partial result i mod 16, and results i and i + 8 meet first", () => {
  // Partial result 0 is (BIG + 1) - BIG, where the 1 is lost; the 1 at index 24 waits in partial result 8.
  const values = new Float32Array(40);
  values.set([BIG], 0);
  values.set([1], 16);
  values.set([1], 24);
  values.set([-BIG], 32);
  expect(interleavedSum(40, (i) => values[i]!)).toBe(1);
});

test("R2: the tree adds over distances 8, 4, 2 and 1", () => {
  const sumOf = (values: Readonly<Record<number, number>>): number => interleavedSum(16, (i) => values[i] ?? 0);
  expect(sumOf({ 0: BIG, 8: -BIG, 4: 1, 12: 1 })).toBe(2);
  expect(sumOf({ 0: BIG, 4: -BIG, 2: 1, 6: 1 })).toBe(2);
  expect(sumOf({ 0: BIG, 2: -BIG, 1: 1, 3: 1 })).toBe(2);
  expect(sumOf({ 0: BIG, 1: 1, 2: -BIG, 3: 1 })).toBe(2);
});

test("R2: a maximum takes the same way, starts from minus infinity and passes over NaN", () => {
  expect(interleavedMax(3, (i) => -i - 1)).toBe(-1);
  expect(interleavedMax(0, () => 1)).toBe(Number.NEGATIVE_INFINITY);
  expect(interleavedMax(20, (i) => (i === 3 ? Number.NaN : i))).toBe(19);
});
