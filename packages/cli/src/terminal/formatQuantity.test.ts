/** Figures as people read them, at their edges. */
import { expect, test } from "vitest";
import { formatBytes, formatDuration, formatRate } from "./formatQuantity.ts";

test.each([
  [0.4, "0 s"],
  [59.4, "59 s"],
  [59.6, "1 min 00 s"],
  [3599, "59 min 59 s"],
  [7500, "2 h 05 min"],
])("%d seconds read as %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test("slow rates keep a decimal, fast ones separate thousands", () => {
  expect([formatRate(3.25), formatRate(12345.6)]).toEqual(["3.3 tokens/s", "12,346 tokens/s"]);
});

test("bytes get the largest unit that leaves a figure above 1", () => {
  expect([formatBytes(999), formatBytes(1000), formatBytes(7_345_000)]).toEqual(["999 bytes", "1.0 kB", "7.3 MB"]);
});
