/** The state out of the tables. Its root tells whether they are what the last block left. */
import { type Digest, type State, StateBuilder, stateRoot, TABLE_NAMES } from "@neuroshard/protocol";
import type { Statements } from "./statements.ts";
import { damagedChain } from "./storeFault.ts";

interface EntryRow {
  readonly part: number;
  readonly key: string;
  readonly value: Uint8Array;
}

interface CellRow {
  readonly name: string;
  readonly value: Uint8Array;
}

/** Throws NodeError DAMAGED_CHAIN. */
export function loadState(statements: Statements, root: Digest, path: string): State {
  const builder = new StateBuilder();
  for (const row of statements.entries.iterate()) {
    const { part, key, value } = row as unknown as EntryRow;
    refuse(builder.addEntry(TABLE_NAMES[part] ?? `number ${part}`, key, value), path);
  }
  for (const row of statements.cells.iterate()) {
    const { name, value } = row as unknown as CellRow;
    refuse(builder.addCell(name, value), path);
  }
  const state = builder.finish();
  if (state === undefined) throw damagedChain(path, "cells of its state are missing");
  if (stateRoot(state) !== root) throw damagedChain(path, "its state has another root than its last block says");
  return state;
}

function refuse(problem: string | undefined, path: string): void {
  if (problem !== undefined) throw damagedChain(path, problem);
}
