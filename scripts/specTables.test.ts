/** The tables of the specification list what the code has: nothing more, nothing less, in the same order. */
import { readFileSync } from "node:fs";
import { CELL_NAMES, TABLE_NAMES, transaction } from "@neuroshard/protocol";
import { REJECTION_CODES } from "@neuroshard/sdk/api";
import { expect, test } from "vitest";

/** Cells of a column of the table whose first heading is `head`. */
function column(file: string, head: string, index = 0): readonly string[] {
  const text = readFileSync(new URL(`../spec/${file}`, import.meta.url), "utf8");
  const start = text.indexOf(`\n| ${head} |`);
  if (start === -1) throw new Error(`spec/${file} has no table "${head}"`);
  const [table = ""] = text.slice(start + 1).split("\n\n");
  const rows = table.split("\n").slice(2);
  return rows.map((row) => (row.split("|")[index + 1] ?? "").trim());
}

const names = (cells: readonly string[]) =>
  cells.flatMap((cell) => Array.from(cell.matchAll(/`(\w+)`/g), ([, name]) => name));

test("state.md lists every table and every cell of the state in the order of the leaves", () => {
  expect(names(column("state.md", "table"))).toEqual(TABLE_NAMES);
  expect(names(column("state.md", "cell"))).toEqual(CELL_NAMES);
});

interface KindSchema {
  readonly properties: {
    readonly content: {
      readonly properties: {
        readonly body: {
          readonly oneOf: readonly { readonly properties: { readonly kind: { readonly const: string } } }[];
        };
      };
    };
  };
}

test("transactions.md lists every kind at its place", () => {
  const schema = transaction.jsonSchema as unknown as KindSchema;
  const kinds = schema.properties.content.properties.body.oneOf.map(({ properties }) => properties.kind.const);
  expect(names(column("transactions.md", "place", 1))).toEqual(kinds);
  expect(column("transactions.md", "place")).toEqual(kinds.map((_, index) => String(index)));
});

test("transactions.md lists every code of a rejection", () => {
  expect([...names(column("transactions.md", "code"))].sort()).toEqual([...REJECTION_CODES].sort());
});
