/** Tokens a second, from rounds and from devices. */
import type { NetworkMapView } from "@neuroshard/sdk";
import { expect, test } from "vitest";
import { networkSpeed, presentSpeed } from "./networkSpeed.ts";

const curveOf = (...ends: readonly number[]) => ({
  points: ends.map((endedAtMs, index) => ({
    ...{ round: index + 1, steps: (index + 1) * 100, loss: null, validationLoss: null, endedAtMs },
  })),
  rounds: ends.length,
  isComplete: true,
});

test("steps become tokens as those of the whole training did, over the time between the ends of rounds", () => {
  // 200 steps of 50 tokens in 20 seconds.
  const speed = networkSpeed(curveOf(0, 10_000, 20_000), { steps: 300, trainedTokens: 15_000 });
  expect(speed).toEqual({ tokensPerSecond: 500, note: "over the last 2 rounds, waiting included" });
});

test("one round has no speed yet", () => {
  expect(networkSpeed(curveOf(10), { steps: 100, trainedTokens: 5000 }).tokensPerSecond).toBeUndefined();
});

test("what devices do now is added up; where nobody tells, nobody knows", () => {
  const device = (tokensPerSecond: number | null) => ({ slot: { progress: { tokensPerSecond } } });
  const map = { devices: [device(100), device(null), { slot: null }, device(50)] } as unknown as NetworkMapView;
  expect(presentSpeed(map)).toBe(150);
  expect(presentSpeed({ devices: [] } as unknown as NetworkMapView)).toBeUndefined();
});
