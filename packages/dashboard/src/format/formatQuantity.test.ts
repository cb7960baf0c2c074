/** Figures as people read them, at their edges. */
import { expect, test } from "vitest";
import { formatAgo, formatBytes, formatDuration, formatLoss, formatPercent, formatShort } from "./formatQuantity.ts";

test.each([
  [0.4, "0 s"],
  [59.6, "1 min 00 s"],
  [3599, "59 min 59 s"],
  [7500, "2 h 05 min"],
  [172_800 + 3600, "2 d 1 h"],
])("%d seconds read as %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test.each([
  [1, "just now"],
  [45, "45 s ago"],
  [120, "2 min ago"],
  [7200, "2 h ago"],
  [432_000, "5 d ago"],
])("what happened %d seconds ago was %s", (seconds, text) => {
  expect(formatAgo(seconds)).toBe(text);
});

test.each([
  [999, "999"],
  [9999, "9,999"],
  [12_345, "12.3 k"],
  [3_400_000, "3.4 M"],
  [10_600_000, "10.6 M"],
])("%d is short as %s", (value, text) => {
  expect(formatShort(value)).toBe(text);
});

test("bytes get the largest unit that leaves a figure above 1", () => {
  expect([formatBytes(999), formatBytes(1000), formatBytes(7_345_000)]).toEqual(["999 bytes", "1.0 kB", "7.3 MB"]);
});

test("losses keep three decimals, shares a decimal where they are small", () => {
  expect([
    formatLoss(2.71349),
    formatPercent(0.034),
    formatPercent(0.0001),
    formatPercent(0.5),
    formatPercent(0),
  ]).toEqual(["2.713", "3.4 %", "< 0.1 %", "50 %", "0 %"]);
});
