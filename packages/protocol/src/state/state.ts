/** The state of the chain after a block: an immutable value. Replaying the same blocks gives an equal one, root included. */
import { encode } from "../codec/codec.ts";
import { bytesToHex, concatBytes } from "../crypto/hash.ts";
import { type ListProof, listRoot, proveItem } from "../merkle/merkleList.ts";
import { type MapShape, MerkleMap } from "../merkle/merkleMap.ts";
import type { Digest } from "../types/identifiers.ts";
import {
  CELL_NAMES,
  CELLS,
  type CellName,
  type CellOf,
  type EntryOf,
  TABLE_NAMES,
  TABLES,
  type TableName,
} from "./tables.ts";

export type Tables = { readonly [T in TableName]: MerkleMap<EntryOf<T>> };
export type Cells = { readonly [C in CellName]: CellOf<C> };

export interface State {
  readonly tables: Tables;
  readonly cells: Cells;
}

export function emptyTables(): Tables {
  const tables = TABLE_NAMES.map((name) => [name, MerkleMap.empty(TABLES[name] as MapShape<unknown>)]);
  return Object.fromEntries(tables) as Tables;
}

export function stateRoot(state: State): Digest {
  return bytesToHex(listRoot(partsOf(state))) as Digest;
}

/** How the root of one table hangs under the root of the state. */
export function proveTable(state: State, table: TableName): ListProof {
  return proveItem(partsOf(state), TABLE_NAMES.indexOf(table));
}

/** The leaf of a table under the root of the state. */
export function tablePart(name: TableName, root: Uint8Array): Uint8Array {
  return part(name, root);
}

function partsOf({ tables, cells }: State): Uint8Array[] {
  return [
    ...TABLE_NAMES.map((name) => tablePart(name, tables[name].root())),
    ...CELL_NAMES.map((name) => part(name, encodeCell(name, cells[name]))),
  ];
}

export function encodeCell<C extends CellName>(name: C, value: CellOf<C>): Uint8Array {
  return encode<unknown>(CELLS[name] as never, value);
}

/** Names are of different length: the length before a name keeps names and contents apart. */
function part(name: string, content: Uint8Array): Uint8Array {
  const label = new TextEncoder().encode(name);
  return concatBytes(Uint8Array.of(label.length), label, content);
}
