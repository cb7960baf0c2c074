/** What amounts look like. */
import { expect, test } from "vitest";
import { formatNeuro, formatPercent, formatUnits } from "./formatNeuro.ts";

const NEURO = 10n ** 18n;

test.each([
  [0n, "0"],
  [NEURO, "1"],
  [1_234_567n * NEURO, "1,234,567"],
  [(25n * NEURO) / 2n, "12.5"],
  [5n * 10n ** 14n, "0.0005"],
  [1n, "0.000000000000000001"],
  [123_456_789_012_345_678n, "0.123456…"],
  [1_234_567_890_123_456n, "0.00123456…"],
  [NEURO + 1n, "1.…"],
  [-NEURO / 2n, "-0.5"],
  [1_000_100_000_000_000_000n, "1.0001"],
])("%d base units are shown as %s", (amount, text) => {
  expect(formatUnits(amount)).toBe(text);
});

test("where there is little room, fewer digits are shown", () => {
  expect(formatUnits(1_234_567_890_123_456_789n, 2)).toBe("1.23…");
  expect(formatUnits(1_234_567_890_123_456n, 2)).toBe("0.0012…");
  expect(formatUnits(3n * NEURO, 2)).toBe("3");
});

test("an amount carries its unit, whether it comes as a number or as text", () => {
  expect(formatNeuro("1500000000000000000000")).toBe("1,500 NEURO");
});

test.each([
  [NEURO, "100 %"],
  [(NEURO * 66n) / 100n, "66 %"],
  [(NEURO * 2n) / 3n, "66.66 %"],
  [NEURO / 20n, "5 %"],
  [0n, "0 %"],
])("a fraction of %d is shown as %s", (fraction, text) => {
  expect(formatPercent(fraction)).toBe(text);
});
