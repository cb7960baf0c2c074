/** Checks what a node says of one entry of the state against the state root of a header. Spec: spec/state.md#S3. */
import { decode } from "../codec/codec.ts";
import { hexToBytes } from "../crypto/hash.ts";
import { verifyItem } from "../merkle/merkleList.ts";
import { pathOf } from "../merkle/merkleMap.ts";
import { verifyMapProof } from "../merkle/verifyMapProof.ts";
import type { Digest } from "../types/identifiers.ts";
import { tablePart } from "./state.ts";
import type { StateProof } from "./stateProof.ts";
import { type EntryOf, isKeyOf, TABLES, type TableName } from "./tables.ts";

/** `invalid`: the proof proves nothing about this root. */
export type StateVerdict<T extends TableName> =
  | { readonly kind: "present"; readonly value: EntryOf<T> }
  | { readonly kind: "absent" }
  | { readonly kind: "invalid" };

const ROOT = /^[0-9a-f]{64}$/;

/** Never throws, whatever the proof is. That it is about the table and key that were asked for is for the caller to see. */
export function verifyStateProof<T extends TableName>(stateRoot: Digest, proof: StateProof<T>): StateVerdict<T> {
  const { table, key, tableRoot, tableProof, entryProof } = proof;
  if (!Object.hasOwn(TABLES, table) || !ROOT.test(tableRoot)) return { kind: "invalid" };
  const { path, value: codec } = TABLES[table];
  if (!isKeyOf(table, key)) return { kind: "invalid" };
  if (!verifyItem(stateRoot, tablePart(table, hexToBytes(tableRoot)), tableProof)) return { kind: "invalid" };
  const verdict = verifyMapProof(tableRoot, pathOf(key, path), entryProof);
  if (verdict.kind !== "present") return verdict;
  const decoded = decode<unknown>(codec as never, hexToBytes(verdict.value));
  return decoded.ok ? { kind: "present", value: decoded.value as EntryOf<T> } : { kind: "invalid" };
}
