/** Shows the rounding of product operands against its definition in float64, and that rounded operands multiply exactly. */
import { describe, expect, test } from "vitest";
import { philox4x32 } from "../random.ts";
import { roundOperand } from "./rounding.ts";

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

function fromBits(pattern: number): number {
  bits[0] = pattern;
  return float[0]!;
}

/** To 8 significant bits, ties to even, by scaling in float64, where every step is exact. */
function roundedByDefinition(x: number): number {
  let unit = 2 ** -149;
  while (Math.abs(x) >= 2 ** 8 * unit) unit *= 2;
  const floor = Math.floor(x / unit);
  const rest = x / unit - floor;
  const isUp = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0);
  return (isUp ? floor + 1 : floor) * unit;
}

/** A float32 with random bits and a magnitude from 2^lowest to 2^highest. */
function randomFloat(index: number, lowest: number, highest: number): number {
  const [word, exponentWord] = philox4x32(3, 0, index, 0, 0, 0);
  const exponent = lowest + (exponentWord % (highest - lowest)) + 127;
  return fromBits((word & 0x807fffff) | (exponent << 23));
}

describe("R3: rounding of product operands", () => {
  test("R3: an operand is the nearest number with 8 significant bits, ties to even", () => {
    for (let i = 0; i < 20_000; i++) {
      const x = randomFloat(i, -60, 60);
      expect(roundOperand(x)).toBe(roundedByDefinition(x));
      const tie = fromBits(((x < 0 ? 0x80000000 : 0) | 0x3f808000) + ((i % 256) << 16));
      expect(roundOperand(tie)).toBe(roundedByDefinition(tie));
    }
  });

  test("R3: a rounded magnitude below 2^-67 is positive zero, and 2^-67 is kept", () => {
    const below = fromBits((60 << 23) - 0x8001); // the largest float32 that does not round up to 2^-67
    expect(roundOperand(2 ** -67)).toBe(2 ** -67);
    expect(roundOperand(-(2 ** -67))).toBe(-(2 ** -67));
    expect(roundOperand(fromBits((60 << 23) - 0x8000))).toBe(2 ** -67);
    for (const x of [below, -below, 2 ** -149, -(2 ** -149), 0, -0]) expect(roundOperand(x)).toBe(0);
  });

  test("R3: magnitudes from 2^63 on become infinite, the largest one below is kept as 2^63, NaN stays NaN", () => {
    for (const x of [2 ** 63, 3.4e38, Number.POSITIVE_INFINITY]) expect(roundOperand(x)).toBe(Number.POSITIVE_INFINITY);
    for (const x of [-(2 ** 63), Number.NEGATIVE_INFINITY]) expect(roundOperand(x)).toBe(Number.NEGATIVE_INFINITY);
    expect(roundOperand(fromBits(((127 + 63) << 23) - 1))).toBe(2 ** 63);
    for (const pattern of [0x7fc00000, 0xffc00000, 0x7fffffff]) expect(roundOperand(fromBits(pattern))).toBeNaN();
  });

  test("R3: the product of two rounded operands is exact in float32, at both ends of the range too", () => {
    for (const [lowest, highest] of [
      [-70, -50],
      [-70, 63],
      [50, 63],
    ] as const)
      for (let i = 0; i < 20_000; i++) {
        const [a, b] = [randomFloat(2 * i, lowest, highest), randomFloat(2 * i + 1, lowest, highest)];
        const exact = roundOperand(a) * roundOperand(b);
        expect(Math.fround(exact)).toBe(exact);
      }
  });

  test("R3: without the floor of 2^-67 a product would not be exact", () => {
    const operand = 2 ** -75 * (1 + 2 ** -7);
    expect(Math.fround(operand * operand)).not.toBe(operand * operand);
  });
});
