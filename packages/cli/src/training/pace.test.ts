/** The time that is left, on a clock that the test moves. */
import { expect, test } from "vitest";
import { Pace } from "./pace.ts";

test("a resumed run is judged by its own steps", () => {
  let nowMs = 1000;
  const pace = new Pace({ firstStep: 100, steps: 200 }, () => nowMs);
  expect(pace.remainingSeconds(100)).toBeUndefined();
  nowMs += 5000;
  expect(pace.remainingSeconds(110)).toBe(45);
});
