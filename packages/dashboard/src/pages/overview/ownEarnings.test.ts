/** What one machine earned, over its accounts. */
import type { EarningReason, EarningsView, NetworkMapView, NodeView } from "@neuroshard/sdk";
import { expect, test } from "vitest";
import { ownAccounts, ownEarnings } from "./ownEarnings.ts";

const reason: EarningReason = {
  ...{ height: 10, timeMs: 0, kind: "training", amount: "5", held: "1", round: 3, slot: 0 },
  ...{ work: null, audit: null },
};

function earnings(address: string, training: string, ...heights: readonly number[]): EarningsView {
  const sums = { training, audits: "2", uptime: "1", other: "0", slashed: "0" };
  const items = heights.map((height) => ({ ...reason, height }));
  const told = { perDay: [], last24h: training, total: sums, sinceHeight: 0, isComplete: true };
  return { address, height: 20, ...told, reasons: { items, next: null } };
}

test("sums and reasons of all accounts come together, the newest first", () => {
  const own = ownEarnings([earnings("a", "100", 9, 5), earnings("b", "50", 7)]);
  expect(own).toMatchObject({ last24h: 150n, total: 156n, training: 150n, audits: 4n, uptime: 2n });
  expect(own.reasons.map(({ address, height }) => [address, height])).toEqual([
    ["a", 9],
    ["b", 7],
    ["a", 5],
  ]);
});

test("accounts are those of the node and of the devices on its machine, each once", () => {
  const device = (account: string, name: string | null, isSelf = false) => ({ account, name, isSelf });
  const devices = [device("a", "node 1"), device("b", null), device("c", null, true), device("a", "node 2")];
  const map = { devices } as unknown as NetworkMapView;
  expect(ownAccounts({ account: "z" } as NodeView, map)).toEqual(["z", "a", "c"]);
  expect(ownAccounts({ account: null } as NodeView, map)).toEqual(["a", "c"]);
});
