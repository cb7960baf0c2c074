import { expect, test } from "vitest";
import { logProbabilities } from "./logProbabilities.ts";

const probabilities = [0.05, 0.5, 0.15, 0.3];
const logits = Float32Array.from(probabilities, (p) => Math.log(p) + 7);

test("is the logarithm of the probability, whatever is added to all logits", () => {
  for (const [token, p] of probabilities.entries()) {
    const { chosen, top } = logProbabilities(logits, token, 0);
    expect(chosen).toEqual({ token, logProbability: expect.closeTo(Math.log(p), 6) });
    expect(top).toEqual([]);
  }
});

test("the most likely tokens come first, no more than there are", () => {
  expect(logProbabilities(logits, 0, 2).top.map(({ token }) => token)).toEqual([1, 3]);
  expect(logProbabilities(logits, 0, 20).top.map(({ token }) => token)).toEqual([1, 3, 2, 0]);
});

test("logits far apart stay finite", () => {
  const { chosen, top } = logProbabilities(Float32Array.of(0, 1e4), 0, 1);
  expect(chosen.logProbability).toBe(-1e4);
  expect(top).toEqual([{ token: 1, logProbability: 0 }]);
});
