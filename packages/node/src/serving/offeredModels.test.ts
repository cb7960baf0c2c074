import type { Digest } from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { OfferedModels } from "./offeredModels.ts";

const model = (round: number) => ({ digest: String(round).repeat(64) as Digest, round, steps: 10 * round });

test("a model is known while the next one serves, however long its texts take to begin, and not any longer", () => {
  const models = new OfferedModels();
  const [first, second, third] = [1, 2, 3].map((round) => models.add(model(round)));
  expect(models.serve(first!)).toEqual(model(1));
  models.serve(second!);
  expect(models.of(first!)).toEqual(model(1));
  models.serve(third!);
  expect(models.of(second!)).toEqual(model(2));
  expect(() => models.of(first!)).toThrow("internal: model 1 was forgotten");
});

test("one that was replaced while it waited does not push out the one that writes", () => {
  const models = new OfferedModels();
  const [first, , third] = [1, 2, 3].map((round) => models.add(model(round)));
  models.serve(first!);
  models.serve(third!);
  expect(models.of(first!)).toEqual(model(1));
  expect(models.last).toBe(third);
});

test("one that could not be served is gone", () => {
  const models = new OfferedModels();
  models.refuse(models.add(model(1)));
  expect(() => models.serve(1)).toThrow("internal: ");
});
