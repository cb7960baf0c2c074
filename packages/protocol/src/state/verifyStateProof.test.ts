import { expect, test } from "vitest";
import { person, TestChain } from "../../test/chain/testChain.ts";
import type { Digest } from "../types/identifiers.ts";
import { stateRoot } from "./state.ts";
import { proveEntry, type StateProof } from "./stateProof.ts";
import { TABLE_NAMES, TABLES } from "./tables.ts";
import { verifyStateProof } from "./verifyStateProof.ts";

const chain = new TestChain({ balances: { ada: "100", ben: "1", cem: "7", dora: "0.5" } });
const { state } = chain;
const root = stateRoot(state);

test("every entry of a state is proven to its root, with its value", () => {
  for (const table of TABLE_NAMES) {
    for (const [key, value] of state.tables[table].entries()) {
      expect(verifyStateProof(root, proveEntry(state, table, key))).toEqual({ kind: "present", value });
    }
  }
});

test("that an entry is missing is proven in every table", () => {
  for (const table of TABLE_NAMES) {
    const key = "ab".repeat(TABLES[table].keyBytes ?? 7);
    expect([table, verifyStateProof(root, proveEntry(state, table, key))]).toEqual([table, { kind: "absent" }]);
  }
});

const proof = proveEntry(state, "accounts", person("ada").account);
const other = proveEntry(state, "accounts", person("ben").account);

const FORGED: readonly (readonly [name: string, forged: object])[] = [
  ["another table", { table: "stakes" }],
  ["a table that does not exist", { table: "constructor" }],
  ["another account", { key: person("ben").account }],
  ["a key that is none", { key: "../ada" }],
  ["another table root", { tableRoot: "00".repeat(32) }],
  ["a table root that is none", { tableRoot: "zz" }],
  ["the value of another account", { entryProof: { ...proof.entryProof, leaf: other.entryProof.leaf } }],
  ["no value", { entryProof: { ...proof.entryProof, leaf: undefined } }],
  ["the way of another table", { tableProof: proveEntry(state, "params", "x").tableProof }],
  ["a way that is too short", { tableProof: { ...proof.tableProof, siblings: proof.tableProof.siblings.slice(1) } }],
];

test.each(FORGED)("a proof with %s does not hold", (_, forged) => {
  expect(verifyStateProof(root, { ...proof, ...forged } as StateProof).kind).not.toBe("present");
});

test("a proof holds for its root only", () => {
  expect(verifyStateProof("11".repeat(32) as Digest, proof)).toEqual({ kind: "invalid" });
});
