/** Events as names and figures. */
import type { EventView } from "@neuroshard/sdk";
import { expect, test } from "vitest";
import { describeEvent } from "./describeEvent.ts";

const ACCOUNT = "neuro1cr26rqcnnrh2jlus4nr2nqvgwwwhzul7pqv3mw";

test("each figure is shown as what it is", () => {
  const event = { kind: "auditRewarded", round: 4, slot: 0, account: ACCOUNT, amount: "5", held: "0" } as EventView;
  expect(describeEvent(event)).toEqual({
    title: "audit rewarded",
    fields: [
      { name: "round", kind: "round", value: "4" },
      { name: "slot", kind: "text", value: "0" },
      { name: "account", kind: "account", value: ACCOUNT },
      { name: "amount", kind: "amount", value: "5" },
      { name: "held", kind: "amount", value: "0" },
    ],
  });
});

test("parts of what is nested stand beside the rest; what is empty is left out", () => {
  const model = { weights: "ab".repeat(32), momentum: "cd".repeat(32) };
  const event = { kind: "roundDone", round: 4, model, validationLoss: null, included: 2 } as EventView;
  expect(describeEvent(event).fields.map(({ name, kind }) => [name, kind])).toEqual([
    ["round", "round"],
    ["weights", "digest"],
    ["momentum", "digest"],
    ["included", "text"],
  ]);
});
