/** When a node is not well any more. */
import { expect, test } from "vitest";
import { HealthWatch } from "./health.ts";

test("a node whose chain grows is well; without blocks for long it is not, and one block makes it well again", () => {
  let now = 0;
  const watch = new HealthWatch(() => now);
  expect(watch.check(0, 1)).toEqual({ height: 0, secondsSinceBlock: null, problem: undefined });
  now = 29_000;
  watch.noteBlock();
  now = 59_000;
  expect(watch.check(1, 1)).toMatchObject({ secondsSinceBlock: 30, problem: undefined });
  now = 60_000;
  expect(watch.check(1, 1).problem).toBe("no block has come for 31 s");
  watch.noteBlock();
  expect(watch.check(2, 1).problem).toBeUndefined();
});

test("a network with a slow clock is waited for longer", () => {
  let now = 0;
  const watch = new HealthWatch(() => now);
  now = 100_000;
  expect(watch.check(0, 10).problem).toBeUndefined();
  expect(watch.check(0, 1).problem).toBeDefined();
});
