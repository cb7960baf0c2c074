/** The node's work in words. */
import type { NodeView } from "@neuroshard/sdk";
import { expect, test } from "vitest";
import { describeData, describeWork } from "./describeNode.ts";

const training: NodeView["training"] = {
  ...{ state: "training", round: 12, slot: 1, stepsDone: 20, stepsOf: 50, tokensPerSecond: 100, loss: 2.5 },
};

test.each([
  [{}, "trains slot 1 of round 12, 20 of 50 steps, loss 2.500"],
  [{ loss: null, stepsOf: 0 }, "trains slot 1 of round 12"],
  [{ state: "waiting" }, "waits for a slot in the next round"],
  [{ state: "paused" }, "paused: it takes no slots until you let it"],
] as const)("%o", (change, text) => {
  expect(describeWork({ training: { ...training, ...change } })).toBe(text);
});

test("figures of a line of the log stand as name=value", () => {
  expect(describeData({ data: { round: 3, digest: "ab", ms: { outer: 7.086530000000494 } } })).toBe(
    'round=3 digest=ab ms={"outer":7.087}',
  );
});
