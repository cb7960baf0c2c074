/** States how far exp and log are from the true functions, over sweeps of their whole range. */
import { describe, expect, test } from "vitest";
import { exp, log } from "./exponential.ts";

const { fround } = Math;

function relativeError(actual: number, expected: number): number {
  return actual === expected ? 0 : Math.abs(actual - expected) / Math.abs(expected);
}

describe("R4: exponential and logarithm", () => {
  test("R4: exp is within 1.1e-7 (relative) of the true value from -87.3 to 88.3", () => {
    let worst = 0;
    for (let i = 0; i <= 1_000_000; i++) {
      const x = fround(-87.3 + (i / 1_000_000) * (88.3 + 87.3));
      worst = Math.max(worst, relativeError(exp(x), Math.exp(x)));
    }
    expect(worst).toBeLessThan(1.1e-7);
  });

  test("R4: log is within 1.8e-7 (relative) of the true value for every magnitude", () => {
    let worst = 0;
    const float = new Float32Array(1);
    const bits = new Uint32Array(float.buffer);
    for (let pattern = 0x00800000; pattern < 0x7f800000; pattern += 2003) {
      bits[0] = pattern;
      worst = Math.max(worst, relativeError(log(float[0]!), Math.log(float[0]!)));
    }
    expect(worst).toBeLessThan(1.8e-7);
  });

  test("R4: log is within 1.8e-7 (relative) of the true value around 1", () => {
    let worst = 0;
    for (let i = -200_000; i <= 200_000; i++) {
      const x = fround(1 + i * 2 ** -20);
      worst = Math.max(worst, relativeError(log(x), Math.log(x)));
    }
    expect(worst).toBeLessThan(1.8e-7);
  });

  test("R4: exp is 0 below -87.3, exp(88.3) above 88.3, 1 at 0, and never subnormal", () => {
    expect([exp(fround(-87.31)), exp(Number.NEGATIVE_INFINITY)]).toEqual([0, 0]);
    expect(exp(fround(-87.3))).toBeGreaterThan(2 ** -126);
    expect([exp(89), exp(Number.POSITIVE_INFINITY)]).toEqual([exp(fround(88.3)), exp(fround(88.3))]);
    expect([exp(0), exp(-0), log(1)]).toEqual([1, 1, 0]);
    for (const x of [exp(Number.NaN), log(Number.NaN), log(Number.POSITIVE_INFINITY)]) expect(x).toBeNaN();
  });
});
