/** A whole state into the tables, which have no entries yet. */
import { CELL_NAMES, encodeCell, encodeEntry, type State, TABLE_NAMES } from "@neuroshard/protocol";
import type { Statements } from "./statements.ts";

export function writeState(statements: Statements, { tables, cells }: State): void {
  for (const [part, table] of TABLE_NAMES.entries()) {
    for (const [key, value] of tables[table].entries()) statements.setEntry.run(part, key, encodeEntry(table, value));
  }
  for (const name of CELL_NAMES) statements.setCell.run(name, encodeCell(name, cells[name]));
}
