/** What an amount was for. */
import type { EarningReason } from "@neuroshard/sdk";
import { expect, test } from "vitest";
import { describeReason, reasonLink } from "./describeReason.ts";

const reason: EarningReason = {
  ...{ height: 10, timeMs: 0, kind: "training", amount: "5", held: "1", round: 3, slot: 0 },
  ...{ work: null, audit: null },
};

test.each([
  [{}, "training in round 3, slot 0, not drawn for an audit"],
  [{ audit: { outcome: "honest", confirmedBy: 1 } }, "training in round 3, slot 0, confirmed by 1 auditor"],
  [{ audit: { outcome: "lapsed", confirmedBy: 0 } }, "training in round 3, slot 0, audit: lapsed"],
  [{ kind: "uptime", round: null, slot: null }, "being reachable"],
] as const)("%o", (change, text) => {
  expect(describeReason({ ...reason, ...change })).toBe(text);
});

test("an amount leads to its slot, its round, or nowhere", () => {
  expect(reasonLink(reason)).toBe("#/explorer/reward/3/0");
  expect(reasonLink({ round: 3, slot: null })).toBe("#/explorer/round/3");
  expect(reasonLink({ round: null, slot: null })).toBeUndefined();
});
