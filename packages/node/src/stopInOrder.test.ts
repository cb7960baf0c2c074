/** A node stops within its time, whatever its parts do. */
import { VirtualClock } from "@neuroshard/network";
import { expect, test } from "vitest";
import { type Stoppable, stopInOrder } from "./stopInOrder.ts";

interface Ending {
  /** In the order in which they were asked to end, with the time. */
  readonly asked: readonly (readonly [name: string, atMs: number])[];
  readonly error: unknown;
  readonly atMs: number;
}

/** Parts by name with the time that each takes; `fails` throws at once. */
async function stop(parts: Readonly<Record<string, number | "fails">>, mostMs = 9000): Promise<Ending> {
  const clock = new VirtualClock();
  const asked: (readonly [string, number])[] = [];
  const made = Object.entries(parts).map(([name, ms]): Stoppable => {
    return {
      name,
      async stop() {
        asked.push([name, clock.nowMs()]);
        if (ms === "fails") throw new Error(`${name} is broken`);
        await new Promise<void>((resolve) => void clock.after(ms, resolve));
      },
    };
  });
  let ending: Ending | undefined;
  const done = (error?: unknown): void => {
    ending = { asked, error, atMs: clock.nowMs() };
  };
  stopInOrder(made, mostMs, clock).then(() => done(), done);
  await clock.runUntil(() => ending !== undefined, 1e9);
  return ending!;
}

test("parts end one after the other", async () => {
  const { asked, error, atMs } = await stop({ blocks: 100, rounds: 200, peers: 300 });
  expect(asked).toEqual([
    ["blocks", 0],
    ["rounds", 100],
    ["peers", 300],
  ]);
  expect([error, atMs]).toEqual([undefined, 600]);
});

test("one that hangs is named and given up, and those after it have their turn within the time", async () => {
  const { asked, error, atMs } = await stop({ blocks: 1000, rounds: 1e8, peers: 300, API: 20 });
  expect(asked.map(([name]) => name)).toEqual(["blocks", "rounds", "peers", "API"]);
  expect(error).toMatchObject({ code: "STUCK" });
  expect(String(error)).toContain("the rounds did not end within 9 s and was given up");
  expect(atMs).toBeLessThanOrEqual(9000);
});

test("when all hang, all are named, and it takes no longer", async () => {
  const { error, atMs } = await stop({ blocks: 1e8, rounds: 1e8, peers: 1e8 });
  expect(String(error)).toContain("the blocks and the rounds and the peers did not end");
  expect(atMs).toBe(9000);
});

test("one that fails does not keep the others from ending, and its fault is what is told", async () => {
  const { asked, error } = await stop({ blocks: "fails", rounds: 1e8, peers: 10 });
  expect(asked.map(([name]) => name)).toEqual(["blocks", "rounds", "peers"]);
  expect(error).toEqual(new Error("blocks is broken"));
});
