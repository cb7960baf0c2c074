import { expect, test } from "vitest";
import { checkConfig, feedForwardWidthOf } from "./config.ts";
import { parameterCount } from "./parameters.ts";
import { presetNames, presetOf } from "./presets.ts";

test("the presets are these, from the smallest to the largest", () => {
  expect(presetNames).toEqual(["tiny", "char-cpu", "nano", "micro", "small"]);
  const sizes = presetNames.map((name) => parameterCount({ vocabularySize: 100, ...presetOf(name).model }));
  expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
});

test.each(presetNames)("%s is a valid model with the SwiGLU width of its design", (name) => {
  const { model, training } = presetOf(name);
  expect(checkConfig({ vocabularySize: 300, ...model }).feedForwardWidth).toBe(feedForwardWidthOf(model.width));
  expect(training.learningRate).toBeGreaterThan(0);
  expect(Number.isInteger(training.batch)).toBe(true);
});

test("char-cpu is the published nanoGPT case", () => {
  const { model, tokenizer, training } = presetOf("char-cpu");
  expect(model).toMatchObject({ layers: 4, heads: 4, keyHeads: 4, width: 128, context: 64 });
  expect(tokenizer).toEqual({ kind: "characters" });
  expect(training).toEqual({ batch: 12, learningRate: 1e-3, schedule: "cosine", warmUpSteps: 100 });
});

test("small has 10.6 million parameters without its embedding", () => {
  const { model } = presetOf("small");
  const millions = (parameterCount({ vocabularySize: 65, ...model }) - 65 * 384) / 1e6;
  expect(millions).toBeCloseTo(10.6, 1);
});

test.each(["huge", "", "toString", "__proto__"])(
  "there is no preset %o, and the error lists those there are",
  (name) => {
    expect(() => presetOf(name)).toThrow(
      expect.objectContaining({ code: "UNKNOWN_PRESET", message: expect.stringContaining("tiny, char-cpu, nano") }),
    );
  },
);
