/** What a terminal would obey is shown as a sign instead. */
import { expect, test } from "vitest";
import { printable } from "./printable.ts";

test("escape sequences and other controls lose their power, text and line breaks stay", () => {
  expect(printable("a\x1b[2Jb\r\n\tc\x07 \u009b é")).toBe("a\ufffd[2Jb\ufffd\n\tc\ufffd \ufffd é");
});
