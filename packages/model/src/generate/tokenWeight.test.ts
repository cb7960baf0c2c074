import { expect, test } from "vitest";
import { tokenWeight } from "./tokenWeight.ts";

test("a weight is e to the difference of logits", () => {
  let largest = 0;
  for (let i = 0; i <= 44_000; i++) {
    const expected = Math.exp(-i / 1000);
    largest = Math.max(largest, Math.abs(tokenWeight(-i / 1000) - expected) / expected);
  }
  expect(largest).toBeLessThan(1e-15);
});

test("the most likely token has weight 1, one that nobody will see has none", () => {
  expect(tokenWeight(0)).toBe(1);
  expect(tokenWeight(-44.001)).toBe(0);
  expect(tokenWeight(Number.NEGATIVE_INFINITY)).toBe(0);
});
