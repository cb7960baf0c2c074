/** The way from one entry of the state, or its absence, to the root that headers commit to. */
import { bytesToHex } from "../crypto/hash.ts";
import type { ListProof } from "../merkle/merkleList.ts";
import type { MapProof, MerkleMap } from "../merkle/merkleMap.ts";
import { proveTable, type State } from "./state.ts";
import type { TableName } from "./tables.ts";

export interface StateProof<T extends TableName = TableName> {
  readonly table: T;
  readonly key: string;
  /** Hexadecimal. */
  readonly tableRoot: string;
  /** From the table to the root of the state. */
  readonly tableProof: ListProof;
  /** From the entry to the root of its table. */
  readonly entryProof: MapProof;
}

export function proveEntry<T extends TableName>(state: State, table: T, key: string): StateProof<T> {
  // By way of `unknown`: the union of all tables is more than the compiler wants to write out.
  const map = state.tables[table] as unknown as MerkleMap<unknown>;
  const tableRoot = bytesToHex(map.root());
  return { table, key, tableRoot, tableProof: proveTable(state, table), entryProof: map.prove(key) };
}
