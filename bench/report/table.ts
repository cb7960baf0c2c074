/** Markdown tables, aligned so that the source can be read too. */

export interface Table {
  readonly title: string;
  readonly header: readonly string[];
  /** As many cells as the header has. The first column is text, the others are set to the right. */
  readonly rows: readonly (readonly string[])[];
}

export function renderTable({ title, header, rows }: Table): string {
  const widths = header.map((name, column) => Math.max(3, name.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string => {
    const padded = cells.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
    );
    return `| ${padded.join(" | ")} |`;
  };
  const rule = widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [`**${title}**`, "", line(header), line(rule), ...rows.map(line)].join("\n");
}
