import { describe, expect, test } from "vitest";
import { fillBatch, ignoredTarget, validationBatches, validationWindows } from "./batch.ts";

const tokens = Uint16Array.from({ length: 11 }, (_, i) => 100 + i);

describe("a batch", () => {
  test("holds the tokens of its windows and, as targets, the tokens after them", () => {
    const [inputs, targets] = [new Int32Array(6), new Int32Array(6)];
    expect(fillBatch({ tokens, offsets: [0, 7], context: 3, inputs, targets })).toBe(6);
    expect([...inputs]).toEqual([100, 101, 102, 107, 108, 109]);
    expect([...targets]).toEqual([101, 102, 103, 108, 109, 110]);
  });

  test("ignores what lies beyond the end of the tokens, whatever the arrays held before", () => {
    const [inputs, targets] = [new Int32Array(9).fill(7), new Int32Array(9).fill(7)];
    expect(fillBatch({ tokens, offsets: [9, 10, 99], context: 3, inputs, targets })).toBe(1);
    expect([...inputs]).toEqual([109, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect([...targets]).toEqual([110, ...new Array(8).fill(ignoredTarget)]);
  });

  test("is refused when the arrays have another shape", () => {
    const inputs = new Int32Array(6);
    expect(() => fillBatch({ tokens, offsets: [0], context: 3, inputs, targets: inputs })).toThrow(RangeError);
  });
});

describe("validation", () => {
  test.each([1, 2, 3, 4, 10, 50])("predicts every token but the first exactly once with a context of %i", (context) => {
    const predicted: number[] = [];
    for (const { inputs, targets, predictions } of validationBatches({ tokens, context, batch: 2 })) {
      const seen = [...targets].filter((target) => target !== ignoredTarget);
      expect(predictions).toBe(seen.length);
      for (const [i, target] of targets.entries()) {
        if (target !== ignoredTarget) expect(target).toBe(inputs[i]! + 1);
      }
      predicted.push(...seen);
    }
    expect(predicted).toEqual([...tokens.subarray(1)]);
  });

  test("windows do not overlap, and nothing is left to predict in fewer than two tokens", () => {
    expect([...validationWindows(tokens, 4)]).toEqual([0, 4, 8]);
    expect([...validationWindows(tokens, 5)]).toEqual([0, 5]);
    expect(validationWindows(tokens.subarray(0, 1), 4).length).toBe(0);
    expect(validationWindows(tokens.subarray(0, 0), 4).length).toBe(0);
  });
});
