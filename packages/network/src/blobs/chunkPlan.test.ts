import type { DeviceKey } from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { ChunkPlan } from "./chunkPlan.ts";

const FAST = "02fa" as DeviceKey;
const SLOW = "0250" as DeviceKey;
const STEAL_MS = 2000;

test("runs of missing chunks, each given to one source", () => {
  const plan = new ChunkPlan(10, new Set([2, 9]), STEAL_MS);
  expect(plan.claim(FAST, 4, 0)).toEqual({ first: 0, count: 2 });
  expect(plan.claim(SLOW, 4, 0)).toEqual({ first: 3, count: 4 });
  expect(plan.claim(FAST, 4, 0)).toEqual({ first: 7, count: 2 });
  expect(plan.claim(FAST, 4, 0)).toBeUndefined();
});

test("what a source gives back is given to another", () => {
  const plan = new ChunkPlan(4, new Set(), STEAL_MS);
  plan.claim(SLOW, 4, 0);
  plan.giveBack(SLOW, [1, 2, 3]);
  expect(plan.claim(FAST, 4, 0)).toEqual({ first: 1, count: 3 });
});

test("a chunk that is owed for long is asked of one other source, and the first that comes counts", () => {
  const plan = new ChunkPlan(2, new Set(), STEAL_MS);
  plan.claim(SLOW, 4, 0);
  expect(plan.late(STEAL_MS - 1)).toBe(0);
  expect(plan.claim(FAST, 4, STEAL_MS - 1)).toBeUndefined();
  expect(plan.late(STEAL_MS)).toBe(2);
  expect(plan.claim(SLOW, 4, STEAL_MS)).toBeUndefined();
  expect(plan.claim(FAST, 4, STEAL_MS)).toEqual({ first: 0, count: 1 });
  expect(plan.claim(FAST, 4, STEAL_MS)).toEqual({ first: 1, count: 1 });
  expect(plan.arrive(0)).toBe(true);
  expect(plan.arrive(0)).toBe(false);
  plan.giveBack(SLOW, [0, 1]);
  expect(plan.waiting).toBe(0);
});

test("it is complete when everything is stored, not when it has come", () => {
  const plan = new ChunkPlan(1, new Set(), STEAL_MS);
  plan.claim(FAST, 4, 0);
  plan.arrive(0);
  expect(plan.isComplete).toBe(false);
  plan.stored();
  expect(plan.isComplete).toBe(true);
  expect(new ChunkPlan(0, new Set(), STEAL_MS).isComplete).toBe(true);
});
