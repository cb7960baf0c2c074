import { describe, expect, test } from "vitest";
import { requireWindows, splitTokens, trainTokenCount } from "./split.ts";

describe("the train/validation split", () => {
  test("puts int(0.9 * n) tokens into the training part, as the published experiments do", () => {
    for (let n = 0; n < 20_000; n++) expect(trainTokenCount(n)).toBe(Math.trunc(0.9 * n));
    for (let n = 2 ** 31; n < 2 ** 31 + 1000; n++) expect(trainTokenCount(n)).toBe(Math.trunc(0.9 * n));
    expect(trainTokenCount(1_115_394)).toBe(1_003_854);
  });

  test("loses no token and shares memory with the whole", () => {
    const tokens = Uint16Array.from({ length: 25 }, (_, i) => i);
    const { train, validation } = splitTokens(tokens);
    expect([...train, ...validation]).toEqual([...tokens]);
    expect(validation[0]).toBe(22);
    expect(train.buffer).toBe(tokens.buffer);
  });

  test("is refused when the parts are shorter than two windows and one", () => {
    const check = (tokens: number) => requireWindows(splitTokens(new Uint16Array(tokens)), 9, "notes.txt");
    expect(() => check(100)).not.toThrow();
    expect(() => check(90)).toThrow(
      expect.objectContaining({ code: "TOO_SMALL", data: { tokens: 90, required: 100, context: 9 } }),
    );
    const shortTrain = { train: new Uint16Array(19), validation: new Uint16Array(10) };
    expect(() => requireWindows(shortTrain, 9, "notes.txt")).toThrow("notes.txt has only 29 tokens");
  });
});
