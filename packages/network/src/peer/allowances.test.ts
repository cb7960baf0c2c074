import { expect, test } from "vitest";
import { Allowances } from "./allowances.ts";

const RATE = { burst: 10, fillMs: 1000 };

test("a full bucket at once, then as fast as it fills", () => {
  let nowMs = 0;
  const allowances = new Allowances(() => nowMs);
  for (let taken = 0; taken < 10; taken++) expect(allowances.take("a", RATE)).toBe(0);
  expect(allowances.take("a", RATE)).toBe(100);
  expect(allowances.take("b", RATE)).toBe(0);
  nowMs = 99;
  expect(allowances.take("a", RATE)).toBe(1);
  nowMs = 100;
  expect(allowances.take("a", RATE)).toBe(0);
  expect(allowances.take("a", RATE, 5)).toBe(500);
});

test("it never holds more than a burst", () => {
  let nowMs = 0;
  const allowances = new Allowances(() => nowMs);
  allowances.take("a", RATE);
  nowMs = 1_000_000;
  expect(allowances.take("a", RATE, 10)).toBe(0);
  expect(allowances.take("a", RATE)).toBe(100);
});
