import { expect, test } from "vitest";
import { isQuietRound, measuredNames, median, medianRatio, type Round, summarizeContender } from "./statistics.ts";

function round(samples: Readonly<Record<string, readonly [value: number, otherCores: number | null]>>): Round {
  const entries = Object.entries(samples).map(([name, [value, otherCores]]) => [name, { value, otherCores }]);
  return Object.fromEntries(entries);
}

test("the median of an even count is the mean of the middle two", () => {
  expect(median([9, 1, 4])).toBe(4);
  expect(median([10, 9, 1, 2])).toBe(5.5);
  expect(() => median([])).toThrow("internal");
});

test("the median of ratios is taken round by round, not of medians", () => {
  const rounds = [
    round({ peer: [10, 0], own: [1, 0] }),
    round({ peer: [2, 0], own: [2, 0] }),
    round({ peer: [6, 0], own: [3, 0] }),
  ];
  expect(medianRatio(rounds, "peer", "own")).toEqual({ median: 2, lowest: 1, highest: 10, quiet: 3, all: 3 });
});

test("a round counts only when both of its samples were quiet", () => {
  const rounds = [
    round({ peer: [4, 0.1], own: [2, 0.1] }),
    round({ peer: [90, 0.3], own: [2, 0] }),
    round({ peer: [90, 0], own: [2, 0.25] }),
    round({ peer: [90, null], own: [2, 0] }),
  ];
  expect(medianRatio(rounds, "peer", "own")).toEqual({ median: 2, lowest: 2, highest: 2, quiet: 1, all: 4 });
});

test("where no round was quiet all of them count, and the summary says so", () => {
  const rounds = [round({ peer: [4, 1], own: [2, 1] }), round({ peer: [8, 1], own: [2, 1] })];
  expect(medianRatio(rounds, "peer", "own")).toEqual({ median: 3, lowest: 2, highest: 4, quiet: 0, all: 2 });
});

test("rounds that lack a contender are left out", () => {
  const rounds = [round({ own: [2, 0] }), round({ peer: [8, 0], own: [2, 0] })];
  expect(medianRatio(rounds, "peer", "own")?.all).toBe(1);
  expect(medianRatio(rounds, "absent", "own")).toBeUndefined();
  expect(summarizeContender(rounds, "own")?.all).toBe(2);
  expect(summarizeContender(rounds, "absent")).toBeUndefined();
  expect(measuredNames(rounds, ["absent", "peer", "own"])).toEqual(["peer", "own"]);
});

test("one disturbed measurement makes the round a busy one", () => {
  expect(isQuietRound(round({ a: [1, 0], b: [1, 0.2] }))).toBe(true);
  expect(isQuietRound(round({ a: [1, 0], b: [1, 0.4] }))).toBe(false);
});
