/** Every statement of the store, prepared once. */
import type { DatabaseSync, StatementSync } from "node:sqlite";

const QUERIES = {
  setFact: "INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)",
  fact: "SELECT value FROM facts WHERE name = ?",
  addBlock: "INSERT INTO blocks (height, signedHeader) VALUES (?, ?)",
  header: "SELECT signedHeader FROM blocks WHERE height = ?",
  lastHeader: "SELECT signedHeader FROM blocks ORDER BY height DESC LIMIT 1",
  firstHeight: "SELECT min(height) AS height FROM blocks",
  addReceipt: "INSERT INTO receipts (place, receipt, bytes) VALUES (?, ?, ?)",
  receipt: "SELECT receipt, bytes FROM receipts WHERE place = ?",
  receiptsBetween: "SELECT receipt, bytes FROM receipts WHERE place >= ? AND place < ? ORDER BY place",
  addAcceptedId: "INSERT OR REPLACE INTO transactionIds (id, place) VALUES (?, ?)",
  addRejectedId: "INSERT OR IGNORE INTO transactionIds (id, place) VALUES (?, ?)",
  placeOfId: "SELECT place FROM transactionIds WHERE id = ?",
  addHistory: "INSERT OR IGNORE INTO history (name, place) VALUES (?, ?)",
  history: "SELECT place FROM history WHERE name = ? AND place < ? ORDER BY place DESC LIMIT ?",
  setEntry: "INSERT OR REPLACE INTO entries (part, key, value) VALUES (?, ?, ?)",
  removeEntry: "DELETE FROM entries WHERE part = ? AND key = ?",
  entries: "SELECT part, key, value FROM entries",
  removeEntries: "DELETE FROM entries",
  setCell: "INSERT OR REPLACE INTO cells (name, value) VALUES (?, ?)",
  cells: "SELECT name, value FROM cells",
} as const;

export type Statements = { readonly [Name in keyof typeof QUERIES]: StatementSync };

export function prepareStatements(database: DatabaseSync): Statements {
  const prepared = Object.entries(QUERIES).map(([name, query]) => [name, database.prepare(query)]);
  return Object.fromEntries(prepared) as Statements;
}
