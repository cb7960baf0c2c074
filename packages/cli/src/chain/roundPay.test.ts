/** What a round paid, for people. */
import { Writable } from "node:stream";
import type { RoundView } from "@neuroshard/sdk";
import { expect, test } from "vitest";
import { formatRoundPay } from "./roundPay.ts";

const stream = new Writable();
const [ada, ben, eve, sam] = ["a", "b", "e", "5"].map((digit) => digit.repeat(40)) as [string, string, string, string];
const slotOf = (account: string, commit: string | null = "c0", inclusion = "included") => ({
  account,
  commit,
  inclusion,
});
const auditOf = (slot: number, outcome: string) => ({ slot, outcome });
const NEURO = "000000000000000000";
const rewarded = (slot: number, account: string, more = {}) => ({
  ...{ kind: "rewarded", round: 9, slot, device: "", account, units: 50, rate: `2${NEURO}`, multiplier: `1${NEURO}` },
  ...{ amount: `100${NEURO}`, held: "0", commit: "c0", audits: 0, ...more },
});

const viewOf = (slots: readonly object[], audits: readonly object[], events: readonly object[] | null) =>
  ({ round: { slots }, audits, pay: events && { height: 5, timeMs: 1, events } }) as unknown as RoundView;
const linesOf = (view: RoundView) => formatRoundPay(view, { stream }).trimEnd().split("\n");

test("every slot has what it was paid, what of it is held, and why", () => {
  const slots = [slotOf(ada), slotOf(ben), slotOf(eve), slotOf(sam, null, "left-out"), slotOf(sam, "c4", "left-out")];
  const events = [
    { kind: "payForfeited", round: 9, slot: 2, account: eve },
    rewarded(0, ada, { held: `25${NEURO}`, audits: 1 }),
    rewarded(1, ben, { amount: `60${NEURO}` }),
    { kind: "auditRewarded", round: 9, slot: 0, account: ben, amount: "500000000000000000", held: "0" },
  ];
  expect(linesOf(viewOf(slots, [auditOf(0, "honest"), auditOf(2, "wrong")], events))).toEqual([
    "slot  account           for       NEURO  of it held  why",
    "   0  aaaaaaaaaaaaaaaa  training    100          25  50 steps x 2 x 1; confirmed by 1 auditor",
    "   0  bbbbbbbbbbbbbbbb  auditing    0.5              found what the audit found",
    "   1  bbbbbbbbbbbbbbbb  training     60              50 steps x 2 x 1, as far as the caps allow; not drawn for an audit",
    "   2  eeeeeeeeeeeeeeee  training      0              forfeited: its audit ended wrong",
    "   3  5555555555555555  training      0              nothing was committed",
    "   4  5555555555555555  training      0              the contribution was left-out",
  ]);
});

test("pay that another round cost, and an audit that nobody answered, are told apart", () => {
  const events = [rewarded(0, ada), { kind: "payForfeited", round: 9, slot: 1, account: eve }];
  const lines = linesOf(viewOf([slotOf(ada), slotOf(eve)], [auditOf(0, "lapsed"), auditOf(1, "honest")], events));
  expect(lines[1]).toContain("audited without an answer (lapsed)");
  expect(lines[2]).toContain("forfeited: another audit of the device failed");
});

test("before it is settled there is nothing to show", () => {
  expect(formatRoundPay(viewOf([slotOf(ada)], [], null), { stream })).toBe("");
});
