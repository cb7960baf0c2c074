import { NetworkError, VirtualClock } from "@neuroshard/network";
import { expect, test } from "vitest";
import { Jobs } from "./jobs.ts";

function setUp() {
  const clock = new VirtualClock();
  const troubles: string[] = [];
  let done = 0;
  const jobs = new Jobs({ clock, onTrouble: (message) => troubles.push(message), onDone: () => done++ });
  return { clock, troubles, jobs, doneCount: () => done };
}

test("a job runs once, however often it is asked for, and is done while somebody asks", async () => {
  const { clock, jobs, doneCount } = setUp();
  let runs = 0;
  const ask = () => jobs.ensure("outer step", async () => void runs++);
  ask();
  ask();
  await clock.run(10);
  ask();
  jobs.sweep();
  expect([runs, doneCount(), jobs.isDone("outer step")]).toEqual([1, 1, true]);
  jobs.sweep();
  expect(jobs.isDone("outer step")).toBe(false);
});

test("what fails is tried again, with pauses that grow, and told: a fault at once, absent peers when it lasts", async () => {
  const { clock, troubles, jobs } = setUp();
  const attempts: number[] = [];
  jobs.ensure("fetch", async () => {
    attempts.push(clock.nowMs());
    throw new NetworkError("NOT_FOUND", "nobody has it");
  });
  jobs.ensure("work", async () => {
    throw new Error("no room");
  });
  await clock.run(1000);
  expect(attempts).toEqual([0, 250, 750]);
  expect(troubles).toEqual(["work: no room"]);
  await clock.run(4000);
  expect(attempts).toEqual([0, 250, 750, 1750, 3750]);
  expect(troubles).toEqual(["work: no room", "fetch: nobody has it"]);
});

test("what nobody asks for any more is aborted and not tried again", async () => {
  const { clock, jobs, troubles } = setUp();
  const signals: AbortSignal[] = [];
  jobs.ensure("slot", async (signal) => {
    signals.push(signal);
    throw new Error("interrupted");
  });
  await clock.run(100);
  jobs.sweep();
  jobs.sweep();
  await clock.run(100_000);
  expect(signals).toHaveLength(1);
  expect(signals[0]?.aborted).toBe(true);
  expect(troubles).toEqual(["slot: interrupted"]);
});
