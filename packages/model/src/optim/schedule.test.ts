import { expect, test } from "vitest";
import { learningRate, type Schedule } from "./schedule.ts";

const cosine: Schedule = { kind: "cosine", peak: 1e-3, warmUpSteps: 100, totalSteps: 2000 };

test("the rate rises linearly from the first step to the peak at the end of the warm-up", () => {
  for (const schedule of [cosine, { ...cosine, kind: "constant" } as const]) {
    expect(learningRate(schedule, 1)).toBeCloseTo(1e-5, 15);
    expect(learningRate(schedule, 50)).toBeCloseTo(5e-4, 15);
    expect(learningRate(schedule, 99)).toBeCloseTo(9.9e-4, 15);
    expect(learningRate(schedule, 100)).toBe(1e-3);
  }
});

test("the constant schedule stays at the peak, with and without a warm-up", () => {
  const steps = [100, 101, 2000, 5000];
  expect(steps.map((step) => learningRate({ ...cosine, kind: "constant" }, step))).toEqual([1e-3, 1e-3, 1e-3, 1e-3]);
  expect(learningRate({ ...cosine, kind: "constant", warmUpSteps: 0 }, 1)).toBe(1e-3);
});

test("the cosine schedule falls along half a cosine to a tenth of the peak, and stays there", () => {
  for (const step of [101, 500, 1050, 1500, 1999]) {
    const expected = 1e-4 + 4.5e-4 * (1 + Math.cos((Math.PI * (step - 100)) / 1900));
    expect(Math.abs(learningRate(cosine, step) - expected), `step ${step}`).toBeLessThan(1e-17);
  }
  expect(learningRate(cosine, 1050)).toBeCloseTo(5.5e-4, 15);
  expect(learningRate(cosine, 2000)).toBeCloseTo(1e-4, 15);
  expect(learningRate(cosine, 9999)).toBe(learningRate(cosine, 2000));
});

test("a run that is shorter than its warm-up only rises", () => {
  const short = { ...cosine, totalSteps: 10 };
  const rates = Array.from({ length: 10 }, (_, i) => learningRate(short, i + 1));
  rates.forEach((rate, i) => {
    expect(rate).toBeCloseTo((i + 1) * 1e-5, 15);
  });
});
