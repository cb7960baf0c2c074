/** A curve with fewer points than rounds. */
import { expect, test } from "vitest";
import { curveView } from "./curveView.ts";

const rounds = Array.from({ length: 1000 }, (_, index) => {
  return { round: index + 1, steps: 10 * index, loss: null, validationLoss: null, endedAtMs: index, workSteps: 1 };
});

test.each([1, 2, 3, 7, 499, 999, 1000])("of %d points none comes twice, and the last round is among them", (most) => {
  const { points } = curveView({ rounds, isComplete: true }, most);
  const numbers = points.map(({ round }) => round);
  expect(new Set(numbers).size).toBe(most);
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  expect(numbers.at(-1)).toBe(1000);
  if (most > 1) expect(numbers[0]).toBe(1);
});

test("fewer rounds than points, and none at all", () => {
  expect(curveView({ rounds: rounds.slice(0, 3), isComplete: true }, 500).points).toHaveLength(3);
  expect(curveView({ rounds: [], isComplete: true }, 500)).toEqual({ points: [], rounds: 0, isComplete: true });
});
