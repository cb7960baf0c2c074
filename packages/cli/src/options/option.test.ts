/** Numbers on the command line: what is refused, and that the refusal names the flag and the range. */
import { expect, test } from "vitest";
import { UsageProblem } from "../usageProblem.ts";
import { readNumber } from "./option.ts";

const count = { least: 1, most: 100, isWhole: true } as const;
const fraction = { least: 0, most: 1, isOpenBelow: true } as const;

test.each([
  ["1", 1],
  ["+7", 7],
  ["100", 100],
])("%s is a count", (text, value) => {
  expect(readNumber("--n", text, count)).toBe(value);
});

test.each(["", " 1", "0", "101", "1.5", "1e1", "0x10", "-1", "ten", "NaN"])("%j is no count from 1 to 100", (text) => {
  expect(() => readNumber("--n", text, count)).toThrow(
    new UsageProblem(`--n is '${text}'; give a whole number from 1 to 100`),
  );
});

test.each([
  ["1", 1],
  [".5", 0.5],
  ["1e-3", 0.001],
])("%s is a number above 0", (text, value) => {
  expect(readNumber("--p", text, fraction)).toBe(value);
});

test.each(["0", "1.0001", "1e", "Infinity"])("%s is no number above 0 and at most 1", (text) => {
  expect(() => readNumber("--p", text, fraction)).toThrow(
    new UsageProblem(`--p is '${text}'; give a number above 0 and at most 1`),
  );
});
