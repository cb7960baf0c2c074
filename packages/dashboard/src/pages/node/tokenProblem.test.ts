/** What looks like a token. */
import { expect, test } from "vitest";
import { tokenProblem } from "./tokenProblem.ts";

test("a token has its prefix and 43 further characters; blanks around it do no harm", () => {
  expect(tokenProblem(` nst_${"aB3_-".repeat(8)}abc\n`)).toBeUndefined();
});

test.each(["", "   ", "nst_short", "abc_".padEnd(47, "a"), `nst_${"a".repeat(42)}!`])("%j is none", (text) => {
  expect(tokenProblem(text)).toEqual(expect.any(String));
});
