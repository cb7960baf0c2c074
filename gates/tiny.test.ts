import { expect, test } from "vitest";
import { tiny } from "./tiny.ts";

/** The gate ends as soon as it has seen enough; a busy machine may take this long. */
const MOST_SECONDS = 240;

test("two real nodes train one model that learns, agree on it after every round, and are paid", {
  timeout: 2 * MOST_SECONDS * 1000,
}, async () => {
  const progress: string[] = [];
  const report = await tiny({
    ...{ seconds: MOST_SECONDS, nodes: undefined, preset: undefined, data: "stories" },
    onProgress: (what) => progress.push(what),
  });
  expect(report.checks.filter(({ isPassed }) => !isPassed)).toEqual([]);
  expect(report.passed).toBe(true);
  expect(report.figures.innerSteps).toBeGreaterThanOrEqual(50);
  expect(progress).toContain("all nodes are up");
});
