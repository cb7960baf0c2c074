import fc from "fast-check";
import { expect, test } from "vitest";
import { formatAmount } from "./formatAmount.ts";
import { parseAmount } from "./parseAmount.ts";

test.each([
  ["1.5", 1_500_000_000_000_000_000n],
  ["0.000000000000000001", 1n],
  ["12", 12_000_000_000_000_000_000n],
  ["0", 0n],
])("%s NEURO", (text, amount) => {
  expect(parseAmount(text)).toEqual({ ok: true, amount });
  expect(formatAmount(amount)).toBe(text);
});

test.each(["", "1,5", "1e3", ".5", "0.0000000000000000001", "0x10", " 1", "-1", "-0", "NaN", "9".repeat(30)])(
  "%j is no amount",
  (text) => {
    expect(parseAmount(text)).toMatchObject({ ok: false });
  },
);

test("every amount reads as itself", () => {
  const amounts = fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }).filter((amount) => amount < 10n ** 38n);
  const property = fc.property(amounts, (amount) => {
    expect(parseAmount(formatAmount(amount))).toEqual({ ok: true, amount });
    expect(formatAmount(String(amount))).toBe(formatAmount(amount));
  });
  fc.assert(property, { seed: 20_260_101, numRuns: 300 });
});
