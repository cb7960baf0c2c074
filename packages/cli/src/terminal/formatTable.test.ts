/** What tables look like. */
import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { formatPairs, formatTable } from "./formatTable.ts";

const stream = new Writable();

test("columns stand under each other, numbers to the right, without blanks at the ends of lines", () => {
  const table = formatTable(
    [{ title: "name" }, { title: "amount", align: "right" }, { title: "note" }],
    [
      ["a", "1,000", ""],
      ["longer", "5", "x"],
    ],
    { stream },
  );
  expect(table).toBe(["name    amount  note", "a        1,000", "longer       5  x", ""].join("\n"));
});

test("a table without titles has no heading, and colours take no room", () => {
  const cells = [["\x1b[32mok\x1b[39m", "b"]];
  expect(formatTable([{ title: "" }, { title: "" }], cells, { stream })).toBe("\x1b[32mok\x1b[39m  b\n");
});

test("pairs are indented, values under each other", () => {
  expect(
    formatPairs([
      ["height", "7"],
      ["id", "x"],
    ]),
  ).toBe("  height  7\n  id      x\n");
});
