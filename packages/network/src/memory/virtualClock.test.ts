import { describe, expect, test } from "vitest";
import { SeededDraws } from "./seededDraws.ts";
import { VirtualClock } from "./virtualClock.ts";

describe("virtual time", () => {
  test("events happen in the order of their times, equal times in the order of scheduling", async () => {
    const clock = new VirtualClock();
    const draws = new SeededDraws(1);
    const times = Array.from({ length: 500 }, (_, index) => ({ atMs: draws.u32() % 50, index }));
    const happened: { atMs: number; index: number }[] = [];
    for (const event of times) clock.after(event.atMs, () => happened.push(event));
    await clock.run(100);
    expect(happened).toEqual(times.toSorted((a, b) => a.atMs - b.atMs || a.index - b.index));
    expect(clock.nowMs()).toBe(100);
  });

  test("everything that can go on has gone on before the next event", async () => {
    const clock = new VirtualClock();
    const trace: string[] = [];
    const work = async (): Promise<void> => {
      for (let step = 0; step < 40; step++) await null;
      trace.push(`work done at ${clock.nowMs()}`);
    };
    clock.after(1, () => void work());
    clock.after(1, () => trace.push("next event"));
    await clock.run(2);
    expect(trace).toEqual(["work done at 1", "next event"]);
  });

  test("what an event schedules for the same moment happens in the same run", async () => {
    const clock = new VirtualClock();
    let count = 0;
    const again = (): void => {
      count++;
      if (count < 5) clock.after(0, again);
    };
    clock.after(10, again);
    await clock.run(10);
    expect(count).toBe(5);
  });

  test("a cancelled event does not happen, and a run stops where its condition holds", async () => {
    const clock = new VirtualClock();
    let count = 0;
    const cancel = clock.after(1, () => count++);
    for (let atMs = 2; atMs < 10; atMs++) clock.after(atMs, () => count++);
    cancel();
    expect(await clock.runUntil(() => count === 3, 100)).toBe(true);
    expect(clock.nowMs()).toBe(4);
    expect(await clock.runUntil(() => count === 100, 6)).toBe(false);
    expect(count).toBe(5);
  });

  test("a second run at the same time is a fault", async () => {
    const clock = new VirtualClock();
    const first = clock.run(10);
    await expect(clock.run(10)).rejects.toThrow("internal: this clock is running already");
    await first;
  });
});

describe("seeded draws", () => {
  test("equal seeds give equal draws, neighbouring seeds others", () => {
    const drawsOf = (seed: number): number[] => {
      const draws = new SeededDraws(seed);
      return Array.from({ length: 8 }, () => draws.u32());
    };
    expect(drawsOf(7)).toEqual(drawsOf(7));
    expect(new Set([...drawsOf(7), ...drawsOf(8), ...drawsOf(7 + 2 ** 40)]).size).toBe(24);
  });

  test("a choice of some has that many, in order, and each item its fair share", () => {
    const draws = new SeededDraws(3);
    const items = [0, 1, 2, 3, 4, 5, 6, 7];
    const counts = items.map(() => 0);
    const rounds = 8000;
    for (let round = 0; round < rounds; round++) {
      const chosen = draws.some(items, 3);
      expect(chosen).toHaveLength(3);
      expect(chosen).toEqual(chosen.toSorted((a, b) => a - b));
      for (const item of chosen) counts[item]!++;
    }
    // 3/8 of 8000 is 3000; five standard deviations are 217.
    for (const count of counts) expect(Math.abs(count - 3000)).toBeLessThan(217);
    expect(draws.some(items, 8)).toBe(items);
  });
});
