/** What heights look like. */
import { expect, test } from "vitest";
import { formatMoment } from "./formatMoment.ts";

test.each([
  [120, 36, 1, "block 120, in 84 blocks, about 1 min 24 s"],
  [37, 36, 5, "block 37, in 1 block, about 5 s"],
  [36, 36, 5, "block 36, now"],
  [12, 1036, 5, "block 12, 1,024 blocks ago"],
])("height %d seen from %d", (height, now, blockSeconds, text) => {
  expect(formatMoment(height, { height: now, blockSeconds })).toBe(text);
});
