/** The chart of a run: what falls goes down, and what has not happened is empty. */
import { expect, test } from "vitest";
import { drawLossCurve } from "./lossCurve.ts";

const points = (losses: readonly number[]) => losses.map((loss, index) => ({ step: index + 1, loss }));

test("a falling loss falls, from the highest block to the lowest, with its figures beside it", () => {
  expect(drawLossCurve(points([4, 3, 2, 1]), { width: 12, rows: 2, steps: 4 })).toEqual(["  4.000 █▃", "  1.000 ██▆▁"]);
});

test("the width stands for all steps, so half a run fills half the chart", () => {
  expect(drawLossCurve(points([2, 2]), { width: 12, rows: 1, steps: 4 })).toEqual(["  2.000 ▁▁"]);
});

test("a column shows the mean of its steps", () => {
  const chart = drawLossCurve(points([8, 0, 3, 5, 0, 0]), { width: 11, rows: 1, steps: 6 });
  expect(chart).toEqual(["  4.000 ██▁"]);
});

test("a run with fewer steps than columns has no holes", () => {
  expect(drawLossCurve(points([1, 1]), { width: 14, rows: 1, steps: 2 })).toEqual(["  1.000 ▁▁▁▁"]);
});

test("without steps there is no chart", () => {
  expect(drawLossCurve([], { width: 40, rows: 5, steps: 10 })).toEqual([]);
});
