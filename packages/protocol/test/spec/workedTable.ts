/** Rows of a table of the specification, so that tests compute what readers see. */
import { readFileSync } from "node:fs";

/** `head`: the first heading of the table, under the requirement. Cells as they are written. */
export function workedTable(file: string, requirement: string, head: string): readonly (readonly string[])[] {
  const text = readFileSync(new URL(`../../../../spec/${file}`, import.meta.url), "utf8");
  const section = text.split(/^(?=## )/m).find((part) => part.startsWith(`## ${requirement}.`)) ?? "";
  const [, rest] = section.split(`\n| ${head} |`);
  if (rest === undefined) throw new Error(`spec/${file} has no table "${head}" under ${requirement}`);
  const [table = ""] = rest.split("\n\n");
  const rows = table.split("\n").slice(2);
  return rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
