/** Limits as sliders. */
import { expect, test } from "vitest";
import { limitSliders } from "./limitSliders.ts";

const limits = { threads: 2, memoryBytes: 4e9, storageBytes: 20e9, isTraining: true };

test("a slider stands at the present limit and reaches beyond it", () => {
  const sliders = limitSliders(limits, 8);
  expect(sliders.map(({ key, value, most, text }) => [key, value, most, text])).toEqual([
    ["threads", 2, 8, "2 threads"],
    ["memoryBytes", 4, 16, "4.0 GB"],
    ["storageBytes", 20, 40, "20.0 GB"],
  ]);
});

test("more threads than this browser counts cores stay possible", () => {
  expect(limitSliders({ ...limits, threads: 12 }, 4)[0]).toMatchObject({ most: 12, value: 12 });
});

test("moving one asks for that alone, in whole bytes", () => {
  const [threads, memory] = limitSliders(limits, 8);
  expect(threads!.changeTo(3)).toEqual({ threads: 3 });
  expect(memory!.changeTo(2.5)).toEqual({ memoryBytes: 2_500_000_000 });
});
