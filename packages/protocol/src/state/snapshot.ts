/**
 * A state as bytes, for those who join late: every entry in order, cut into chunks that are fetched and checked one by one.
 * Whoever loads one computes the root anew and compares it with a signed header. Spec: spec/state.md#S4.
 */
import { decode, encode, type ValueOf } from "../codec/codec.ts";
import { list, struct, union } from "../codec/composites.ts";
import { bytes, text } from "../codec/primitives.ts";
import type { MerkleMap } from "../merkle/merkleMap.ts";
import type { Digest } from "../types/identifiers.ts";
import { emptyTables, encodeCell, type State, stateRoot } from "./state.ts";
import {
  CELL_NAMES,
  CELLS,
  type CellName,
  type EntryOf,
  isKeyOf,
  TABLE_NAMES,
  TABLES,
  type TableName,
} from "./tables.ts";

const CHUNK_BYTES = 1 << 20;
/** The largest entry is a proposal's document. */
const MOST_ENTRY_BYTES = 1 << 21;

const snapshotItem = union({
  entry: struct({ table: text(64), key: text(256), value: bytes(MOST_ENTRY_BYTES) }),
  cell: struct({ name: text(64), value: bytes(MOST_ENTRY_BYTES) }),
});
const snapshotChunk = list(snapshotItem, 1 << 20);
type SnapshotItem = ValueOf<typeof snapshotItem>;

export function* snapshotChunks(state: State): Generator<Uint8Array> {
  let items: SnapshotItem[] = [];
  let size = 0;
  for (const item of itemsOf(state)) {
    const itemBytes = item.value.length + 320;
    if (size + itemBytes > CHUNK_BYTES && items.length > 0) {
      yield encode(snapshotChunk, items);
      [items, size] = [[], 0];
    }
    items.push(item);
    size += itemBytes;
  }
  yield encode(snapshotChunk, items);
}

function* itemsOf(state: State): Generator<SnapshotItem> {
  for (const table of TABLE_NAMES) {
    for (const [key, value] of state.tables[table].entries()) {
      yield { kind: "entry", table, key, value: encodeEntry(table, value) };
    }
  }
  for (const name of CELL_NAMES) yield { kind: "cell", name, value: encodeCell(name, state.cells[name]) };
}

/** An entry as it stands under its table's root, and as stores keep it. */
export function encodeEntry<T extends TableName>(table: T, value: EntryOf<T>): Uint8Array {
  return encode<unknown>(TABLES[table].value as never, value);
}

export type LoadedState =
  | { readonly ok: true; readonly state: State }
  | { readonly ok: false; readonly reason: string };

/** The state whose root is `root`. Never throws, whatever the chunks are. */
export function stateFromChunks(chunks: Iterable<Uint8Array>, root: Digest): LoadedState {
  const builder = new StateBuilder();
  for (const chunk of chunks) {
    const items = decode(snapshotChunk, chunk);
    if (!items.ok) return { ok: false, reason: `a chunk is no snapshot (${items.path}: ${items.reason})` };
    for (const item of items.value) {
      const problem =
        item.kind === "entry"
          ? builder.addEntry(item.table, item.key, item.value)
          : builder.addCell(item.name, item.value);
      if (problem !== undefined) return { ok: false, reason: problem };
    }
  }
  const state = builder.finish();
  if (state === undefined) return { ok: false, reason: "cells are missing" };
  return stateRoot(state) === root ? { ok: true, state } : { ok: false, reason: "the root is another one" };
}

/** Collects entries and cells, from a snapshot or a store, into a state. */
export class StateBuilder {
  readonly #entries = new Map<TableName, Map<string, unknown>>(TABLE_NAMES.map((name) => [name, new Map()]));
  readonly #cells = new Map<CellName, unknown>();

  /** Returns what is wrong, undefined when nothing is. */
  addEntry(table: string, key: string, value: Uint8Array): string | undefined {
    const entries = this.#entries.get(table as TableName);
    if (entries === undefined) return `there is no table "${table}"`;
    if (!isKeyOf(table as TableName, key)) return `"${key}" is no key of ${table}`;
    const codec = TABLES[table as TableName].value;
    const decoded = decode<unknown>(codec as never, value);
    if (!decoded.ok) return `${table}/${key} is damaged (${decoded.path}: ${decoded.reason})`;
    entries.set(key, decoded.value);
    return undefined;
  }

  addCell(name: string, value: Uint8Array): string | undefined {
    if (!Object.hasOwn(CELLS, name)) return `there is no cell "${name}"`;
    const decoded = decode<unknown>(CELLS[name as CellName] as never, value);
    if (!decoded.ok) return `cell ${name} is damaged (${decoded.path}: ${decoded.reason})`;
    this.#cells.set(name as CellName, decoded.value);
    return undefined;
  }

  /** Undefined while cells are missing. */
  finish(): State | undefined {
    if (this.#cells.size < CELL_NAMES.length) return undefined;
    const empty = emptyTables();
    const filled = TABLE_NAMES.map((name) => {
      const map = empty[name] as MerkleMap<unknown>;
      return [name, map.with(this.#entries.get(name)!)];
    });
    return { tables: Object.fromEntries(filled), cells: Object.fromEntries(this.#cells) } as unknown as State;
  }
}
