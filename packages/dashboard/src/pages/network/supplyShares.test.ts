/** Parts of the supply. */
import type { SupplyView } from "@neuroshard/sdk";
import { expect, test } from "vitest";
import { supplyShares } from "./supplyShares.ts";

const EMPTY = { spendable: "0", bonded: "0", unbonding: "0", held: "0", escrowed: "0", treasury: "0" };

test("parts are shares of the whole; those without a token are left out", () => {
  const shares = supplyShares({ ...EMPTY, spendable: "750", bonded: "250" } as SupplyView);
  expect(shares).toEqual([
    { title: "Spendable", amount: 750n, share: 0.75 },
    { title: "Staked", amount: 250n, share: 0.25 },
  ]);
});

test("a network without tokens has no parts", () => {
  expect(supplyShares(EMPTY as SupplyView)).toEqual([]);
});
