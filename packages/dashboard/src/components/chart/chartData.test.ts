/** Points of a chart as text. */
import { expect, test } from "vitest";
import { type ChartSeries, cellText, lastKnown } from "./chartData.ts";

const series: ChartSeries = {
  title: "loss",
  values: [2.5, null, 1.25, null],
  colour: 1,
  format: (loss) => loss.toFixed(2),
};

test("points read as the series writes them; what nobody knows is a dash", () => {
  expect([0, 1, 2, 9].map((index) => cellText(series, index))).toEqual(["2.50", "–", "1.25", "–"]);
});

test("the last known point is the newest that has a value", () => {
  expect(lastKnown(series)).toBe(2);
  expect(lastKnown({ ...series, values: [null] })).toBe(-1);
});
