/**
 * Entries of a table by something other than its key: devices by account, ballots by proposal. Built when first asked for
 * and kept as long as the table is the same; a table of a state never changes, so what is kept is never wrong.
 */
import type { MerkleMap } from "@neuroshard/protocol";

export type Entry<V> = readonly [key: string, value: V];

/** @param groupOf Of an entry: the name of its group. */
export function createGrouping<V extends object>(groupOf: (key: string, value: V) => string) {
  const known = new WeakMap<MerkleMap<V>, ReadonlyMap<string, readonly Entry<V>[]>>();
  return (table: MerkleMap<V>, group: string): readonly Entry<V>[] => {
    const groups = known.get(table) ?? Map.groupBy(table.entries(), ([key, value]) => groupOf(key, value));
    known.set(table, groups);
    return groups.get(group) ?? [];
  };
}
