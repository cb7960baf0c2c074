/** The curve of losses in words and numbers. */
import { expect, test } from "vitest";
import { lossChart } from "./lossChart.ts";

const point = (round: number, loss: number | null, validationLoss: number | null) => {
  return { round, steps: round * 10, loss, validationLoss, endedAtMs: round * 1000 };
};

test("rounds stand on the axis; both losses have a line, with gaps where nothing is known", () => {
  const points = [point(1, 5.5, null), point(2, 5, 5.25), point(3, null, 4.5)];
  const { axis, series, summary } = lossChart({ points, rounds: 3, isComplete: true });
  expect(axis.values).toEqual([1, 2, 3]);
  expect(series.map(({ values }) => values)).toEqual([
    [null, 5.25, 4.5],
    [5.5, 5, null],
  ]);
  expect(summary).toBe("Loss over rounds: validation loss went from 5.250 nats in round 2 to 4.500 in round 3.");
});

test("before the first evaluation it says so", () => {
  const { summary } = lossChart({ points: [point(1, 5, null)], rounds: 1, isComplete: true });
  expect(summary).toBe("Losses of 1 rounds, none evaluated yet.");
});
