/** Snapshots and proofs of a state with entries in most tables, and what hostile ones come to. */
import * as fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { registration } from "../../test/chain/devices.ts";
import { lowerReward } from "../../test/chain/documents.ts";
import { person, TestChain } from "../../test/chain/testChain.ts";
import { propertySettings } from "../../test/propertySettings.ts";
import { decimal } from "../numbers/decimal.ts";
import type { Digest } from "../types/identifiers.ts";
import { encodeEntry, StateBuilder, snapshotChunks, stateFromChunks } from "./snapshot.ts";
import { stateRoot } from "./state.ts";
import { proveEntry } from "./stateProof.ts";
import { TABLE_NAMES, type TableName } from "./tables.ts";
import { verifyStateProof } from "./verifyStateProof.ts";

const [ada, bea] = [person("ada"), person("bea")];
const chain = new TestChain({ balances: { ada: "1000", bea: "1000" } });
let root: Digest;
let chunks: readonly Uint8Array[];

beforeAll(() => {
  chain.accept(ada, { kind: "stake", amount: decimal("300"), lockDays: 1 });
  chain.accept(ada, { kind: "delegate", delegate: bea.account });
  chain.accept(ada, registration(chain, ada, { device: 0, isValidator: true }));
  chain.accept(ada, { kind: "nepSubmit", document: lowerReward() });
  root = stateRoot(chain.state);
  chunks = [...snapshotChunks(chain.state)];
});

test("a snapshot loads to the state that was saved", () => {
  const loaded = stateFromChunks(chunks, root);
  if (!loaded.ok) throw new Error(loaded.reason);
  expect(stateRoot(loaded.state)).toBe(root);
  for (const table of TABLE_NAMES) {
    expect([...loaded.state.tables[table].entries()]).toEqual([...chain.state.tables[table].entries()]);
  }
  expect(loaded.state.cells).toEqual(chain.state.cells);
});

test("a snapshot with an altered byte is refused or loads to the very same state, and never throws", () => {
  const [chunk] = chunks as [Uint8Array];
  fc.assert(
    fc.property(fc.nat(chunk.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
      const loaded = stateFromChunks([chunk.with(place, chunk[place]! ^ change)], root);
      if (loaded.ok) expect(stateRoot(loaded.state)).toBe(root);
    }),
    propertySettings(61, 300),
  );
  expect(stateFromChunks([], root)).toEqual({ ok: false, reason: "cells are missing" });
  expect(stateFromChunks([chunk.subarray(1)], root).ok).toBe(false);
  expect(stateFromChunks(chunks, "ab".repeat(32) as Digest)).toEqual({ ok: false, reason: "the root is another one" });
});

test("keys that no honest state has are refused, one that goes on where another ends among them", () => {
  const value = encodeEntry("accounts", { balance: 1n, nonce: 0 });
  const builder = new StateBuilder();
  expect(builder.addEntry("accounts", ada.account, value)).toBe(undefined);
  for (const key of [`${ada.account}00`, ada.account.slice(2), ada.account.toUpperCase(), "", "zz".repeat(20)]) {
    expect(builder.addEntry("accounts", key, value)).toBe(`"${key}" is no key of accounts`);
  }
  expect(builder.addEntry("constructor", ada.account, value)).toBe('there is no table "constructor"');
  expect(builder.addEntry("accounts", ada.account, value.subarray(1))).toContain("is damaged");
  expect(builder.addCell("toString", value)).toBe('there is no cell "toString"');
  expect(builder.finish()).toBe(undefined);
});

test("every entry is proved against the root, and that others are absent", () => {
  let proved = 0;
  for (const table of TABLE_NAMES) {
    for (const [key, value] of chain.state.tables[table].entries()) {
      expect(verifyStateProof(root, proveEntry(chain.state, table, key))).toEqual({ kind: "present", value });
      proved++;
    }
  }
  expect(proved).toBeGreaterThan(150);
  for (const [table, key] of [
    ["accounts", person("nobody").account],
    ["devices", "02".repeat(33)],
    ["params", "economics.constants.NOTHING"],
  ] as const) {
    expect(verifyStateProof(root, proveEntry(chain.state, table, key))).toEqual({ kind: "absent" });
  }
});

test("a proof proves nothing for another root, table or key, or with another table root", () => {
  const proof = proveEntry(chain.state, "accounts", ada.account);
  const bad = [
    { ...proof, table: "stakes" as TableName },
    { ...proof, table: "constructor" as TableName },
    { ...proof, key: `${ada.account}00` },
    { ...proof, key: ada.account.slice(2) },
    { ...proof, tableRoot: "ab".repeat(32) },
    { ...proof, tableRoot: "no root" },
    { ...proof, tableProof: { ...proof.tableProof, index: proof.tableProof.index + 1 } },
    { ...proof, entryProof: { ...proof.entryProof, leaf: undefined } },
  ];
  for (const each of bad) expect(verifyStateProof(root, each), JSON.stringify(each)).toEqual({ kind: "invalid" });
  expect(verifyStateProof("cd".repeat(32) as Digest, proof)).toEqual({ kind: "invalid" });
});
