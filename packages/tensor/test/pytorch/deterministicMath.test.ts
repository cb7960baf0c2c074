/** Compares our float64 functions, which tables and random numbers are made with, with the C library's (ops.json). */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { cosSin, exp, integerPower, log } from "../../src/deterministicMath.ts";

interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

const file = readFileSync(new URL("ops.json", import.meta.url), "utf8");
const { functions } = JSON.parse(file) as { functions: Readonly<Record<string, Points>> };

/** Largest error over the points; relative where the value is larger than 1. The inputs are float32 numbers. */
function worstError(name: string, f: (x: number) => number): number {
  const { x, y } = functions[name]!;
  expect(x.length).toBeGreaterThan(100);
  return Math.max(...x.map((at, i) => Math.abs(f(Math.fround(at)) - y[i]!) / Math.max(1, Math.abs(y[i]!))));
}

test("exp has the C library's values to 14 digits", () => {
  expect(worstError("exp", exp)).toBeLessThan(2e-14);
  const { x, y } = functions.exp!;
  const relative = x.map((at, i) => Math.abs(exp(Math.fround(at)) / y[i]! - 1));
  expect(Math.max(...relative)).toBeLessThan(2e-14);
});

test("log has the C library's values to 15 digits", () => {
  expect(worstError("log", log)).toBeLessThan(1e-15);
});

test("cosSin has the C library's values, at thousands of radians too", () => {
  expect(worstError("cos", (x) => cosSin(x).cos)).toBeLessThan(1e-12);
  expect(worstError("sin", (x) => cosSin(x).sin)).toBeLessThan(1e-12);
  const { x, y } = functions.sin!;
  const near = x.flatMap((at, i) => (Math.abs(at) <= 21 ? [Math.abs(cosSin(Math.fround(at)).sin - y[i]!)] : []));
  expect(near.length).toBeGreaterThan(100);
  expect(Math.max(...near)).toBeLessThan(1e-15);
});

test("integerPower multiplies: exact where the result is", () => {
  expect([integerPower(3, 0), integerPower(3, 1), integerPower(3, 33), integerPower(-0.5, 5)]).toEqual([
    1, 3, 5559060566555523, -0.03125,
  ]);
  expect(Math.abs(integerPower(0.95, 1000) / 5.2918e-23 - 1)).toBeLessThan(1e-4);
});
