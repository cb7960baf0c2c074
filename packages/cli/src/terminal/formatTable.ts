/** Columns that stand under each other. */
import { stripVTControlCharacters, styleText } from "node:util";

export interface Column {
  readonly title: string;
  /** Numbers end under each other. */
  readonly align?: "right";
}

export interface TableOptions {
  /** Where it will be shown: colours only on a terminal. */
  readonly stream: NodeJS.WritableStream;
}

const GAP = "  ";

/** Each line is ended. Without a line break in any cell. */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { stream }: TableOptions,
): string {
  const titles = columns.map(({ title }) => title);
  const widths = columns.map((_, index) => Math.max(...[titles, ...rows].map((row) => widthOf(row[index] ?? ""))));
  const lineOf = (cells: readonly string[]) =>
    cells
      .map((cell, index) => padded(cell, widths[index]!, columns[index]?.align))
      .join(GAP)
      .trimEnd();
  const hasTitles = titles.some((title) => title !== "");
  const heading = hasTitles ? [styleText("dim", lineOf(titles), { stream })] : [];
  return [...heading, ...rows.map(lineOf)].map((line) => `${line}\n`).join("");
}

/** Names and values, one pair a line, indented. */
export function formatPairs(pairs: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, value]) => `  ${name.padEnd(width)}  ${value}\n`).join("");
}

function padded(cell: string, width: number, align: Column["align"]): string {
  const blanks = " ".repeat(width - widthOf(cell));
  return align === "right" ? blanks + cell : cell + blanks;
}

function widthOf(cell: string): number {
  return stripVTControlCharacters(cell).length;
}
