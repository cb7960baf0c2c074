/** What amounts look like. */
import { expect, test } from "vitest";
import { formatNeuro } from "./formatNeuro.ts";

test.each([
  ["0", "0"],
  ["1000000000000000000", "1"],
  ["1234567000000000000000000", "1,234,567"],
  ["12500000000000000000", "12.5"],
  ["500000000000000", "0.0005"],
  ["1", "0.000000000000000001"],
  ["123456789012345678", "0.1234…"],
  ["1000000000000000001", "1…"],
  ["-500000000000000000", "−0.5"],
])("%s base units are shown as %s", (amount, text) => {
  expect(formatNeuro(amount)).toBe(text);
});

test("where there is little room, fewer digits are shown", () => {
  expect(formatNeuro(1_234_567_890_123_456_789n, 2)).toBe("1.23…");
});
