/** A measured section as markdown. */
import { cpus, totalmem } from "node:os";
import { renderTable, type Table } from "./table.ts";
import { type Target, targetTable } from "./target.ts";

export interface SectionResult {
  /** Sentences: what was measured, versions of the peers, what was left out and why. */
  readonly notes: readonly string[];
  readonly tables: readonly Table[];
  readonly targets: readonly Target[];
  /** Everything measured, for RESULTS.json. */
  readonly raw: object;
}

export interface Provenance {
  readonly date: string;
  readonly machine: string;
  readonly command: string;
}

export function describeMachine(): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  return `${cpus().length} x ${model}, ${memory} GiB, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
}

export function renderSection(title: string, { date, machine, command }: Provenance, result: SectionResult): string {
  const notes = [`Taken ${date} on ${machine}.`, `Command: \`${command}\``, ...result.notes];
  const tables = result.targets.length > 0 ? [targetTable(result.targets), ...result.tables] : result.tables;
  return [`## ${title}`, notes.map((note) => `- ${note}`).join("\n"), ...tables.map(renderTable)].join("\n\n");
}
