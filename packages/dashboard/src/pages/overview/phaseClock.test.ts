/** The clock of a round at its turns. */
import type { RoundView } from "@neuroshard/sdk";
import { expect, test } from "vitest";
import { phaseClock } from "./phaseClock.ts";

type RoundRecord = RoundView["round"];

/** Of two slots, one of which has committed. */
function roundIn(phase: RoundRecord["phase"]): RoundRecord {
  const slots = [{ commit: "aa".repeat(32) }, { commit: null }];
  return { number: 7, phase, slots, deadline: 120 } as unknown as RoundRecord;
}

test("while it trains, it says who has handed in and when it ends at the latest", () => {
  const clock = phaseClock(roundIn("train"), 100, 5);
  expect(clock).toMatchObject({ round: 7, blocksLeft: 20, secondsLeft: 100, committed: 1, slots: 2 });
  expect(clock.phases.map(({ state }) => state)).toEqual(["now", "next", "next", "next"]);
  expect(clock.sentence).toBe("1 of 2 trainers have handed in their work");
});

test("a deadline that has passed is no time below zero", () => {
  expect(phaseClock(roundIn("outer"), 130, 5)).toMatchObject({ blocksLeft: 0, secondsLeft: 0 });
});

test("a round that is over waits for nothing", () => {
  const clock = phaseClock(roundIn("done"), 130, 5);
  expect([clock.blocksLeft, clock.secondsLeft]).toEqual([undefined, undefined]);
  expect(clock.phases.map(({ state }) => state)).toEqual(["past", "past", "past", "now"]);
});

test("of a round that failed no phase is shown as reached", () => {
  const clock = phaseClock(roundIn("failed"), 130, 5);
  expect(clock.phases.map(({ state }) => state)).toEqual(["next", "next", "next", "next"]);
  expect(clock.sentence).toMatch(/came to nothing/);
});
