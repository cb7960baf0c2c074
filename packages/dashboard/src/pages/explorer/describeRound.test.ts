/** Rounds in words. */
import { expect, test } from "vitest";
import { describePay, natsOf, toneOf } from "./describeRound.ts";

test.each([
  [{ phase: "failed", accounting: "none", openAudits: [] }, "none: the round failed"],
  [{ phase: "done", accounting: "settled", openAudits: [] }, "paid"],
  [{ phase: "done", accounting: "draw", openAudits: [] }, "audits are being drawn"],
  [{ phase: "done", accounting: "window", openAudits: [0, 1] }, "waits for 2 of its audits"],
  [{ phase: "done", accounting: "window", openAudits: [] }, "due when its window ends"],
  [{ phase: "train", accounting: "none", openAudits: [] }, "after the model is final"],
] as const)("pay of %o", (round, text) => {
  expect(describePay({ ...round, openAudits: [...round.openAudits] })).toBe(text);
});

test("losses are whole millionths of a nat", () => {
  expect([natsOf(4_086_268), natsOf(null)]).toEqual([4.086268, undefined]);
});

test("what went well, what failed and what goes on look different", () => {
  expect([toneOf("done"), toneOf("failed"), toneOf("exchange")]).toEqual(["good", "bad", "info"]);
});
