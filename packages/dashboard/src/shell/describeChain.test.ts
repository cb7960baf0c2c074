/** The words of the status line. */
import { expect, test } from "vitest";
import { describePhase, describeTraining } from "./describeChain.ts";

test.each([
  [0, "idle", "no round yet"],
  [12, "train", "round 12: training"],
  [1234, "outer", "round 1,234: agreeing on the new model"],
  [3, "later-phase", "round 3: later-phase"],
])("round %d in phase %s", (round, phase, text) => {
  expect(describePhase(round, phase)).toBe(text);
});

test("a network without training says so", () => {
  expect(describeTraining({ training: null })).toBe("trains nothing");
});
