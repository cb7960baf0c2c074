/** The worked tables of spec/arithmetic.md#R1: sums whose value depends on the order, and says which order was taken. */
import { expect, test } from "vitest";
import { dot } from "./product.ts";

const strided = (values: readonly number[], step = 1) => ({ values: Float32Array.from(values), from: 0, step });
const ones = strided([1, 1, 1, 1]);

test("R1: the sum over k goes upwards, with one rounded accumulator", () => {
  expect(dot(strided([2 ** 24, 1, 1, -(2 ** 24)]), ones, 4, 0)).toBe(0); // 2^24 + 1 rounds to 2^24, twice
  expect(dot(strided([1, 1, 2 ** 24, -(2 ** 24)]), ones, 4, 0)).toBe(2);
});

test("R1: each multiplication is rounded before it is added", () => {
  const x = 1 + 2 ** -12; // x * x = 1 + 2^-11 + 2^-24, a tie that rounds to 1 + 2^-11
  expect(dot(strided([-(1 + 2 ** -11), x]), strided([1, x]), 2, 0)).toBe(0);
});

test("R1: elements are found by start and step", () => {
  expect(dot({ values: Float32Array.of(9, 1, 9, 2, 9, 3), from: 1, step: 2 }, strided([100, 10, 1]), 3, 0)).toBe(123);
});
