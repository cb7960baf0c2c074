/** Fractions compared exactly, thirds included. */
import { expect, test } from "vitest";
import { decimal, ONE } from "../numbers/decimal.ts";
import { reaches } from "./reaches.ts";

test.each([
  ["0.66", 66n, 100n, true],
  ["0.66", 65n, 100n, false],
  ["0.334", 334n * ONE, 1000n * ONE, true],
  ["0.334", 334n * ONE - 1n, 1000n * ONE, false],
  ["1", 5n, 5n, true],
  ["1", 4n, 5n, false],
  ["0", 0n, 5n, true],
])("%s of it: %d of %d is %s", (threshold, part, whole, expected) => {
  expect(reaches(part, whole, decimal(threshold))).toBe(expected);
});

test.each(["0.333333333333333333", "0.333333333333333334"])("%s means one third", (threshold) => {
  expect(reaches(100n * ONE, 300n * ONE, decimal(threshold))).toBe(true);
  expect(reaches(100n * ONE - 1n, 300n * ONE, decimal(threshold))).toBe(false);
});

test.each(["0.666666666666666666", "0.666666666666666667"])("%s means two thirds", (threshold) => {
  expect(reaches(200n * ONE, 300n * ONE, decimal(threshold))).toBe(true);
  expect(reaches(200n * ONE - 1n, 300n * ONE, decimal(threshold))).toBe(false);
});

test("a decimal beside a third means itself", () => {
  const [part, whole] = [666_666_666_666_666_668n, ONE];
  expect(reaches(part, whole, decimal("0.666666666666666668"))).toBe(true);
  expect(reaches(part - 1n, whole, decimal("0.666666666666666668"))).toBe(false);
  expect(reaches(333_333_333_333_333_332n, whole, decimal("0.333333333333333332"))).toBe(true);
});
