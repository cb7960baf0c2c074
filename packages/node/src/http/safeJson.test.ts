import { expect, test } from "vitest";
import { safeJson } from "./safeJson.ts";

test("what closes a script element does not appear, and reads as the same value", () => {
  const value = { memo: "</script><!--&\u2028\u2029" };
  const text = safeJson(value);
  expect(text).not.toMatch(/[<>&\u2028\u2029]/);
  expect(JSON.parse(text)).toEqual(value);
});
