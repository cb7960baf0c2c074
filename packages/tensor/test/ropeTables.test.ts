import { expect, test } from "vitest";
import { ropeTables } from "../src/ropeTables.ts";

const POSITIONS = 300;
const HEAD_SIZE = 16;

test("an angle is the position times theta to the power of -2i / head size, in float32", () => {
  const { cosines, sines } = ropeTables(POSITIONS, HEAD_SIZE, 10000);
  expect([cosines.length, sines.length]).toEqual([POSITIONS * 8, POSITIONS * 8]);
  for (let p = 0; p < POSITIONS; p++)
    for (let i = 0; i < 8; i++) {
      const angle = p * 10000 ** ((-2 * i) / HEAD_SIZE);
      // Half a unit in the last place of a float32 near 1, and what the angle itself is uncertain by.
      expect(Math.abs(cosines[p * 8 + i]! - Math.cos(angle))).toBeLessThan(3.1e-8);
      expect(Math.abs(sines[p * 8 + i]! - Math.sin(angle))).toBeLessThan(3.1e-8);
    }
});

test("position 0 turns by nothing, and the first pair by one radian a position", () => {
  const { cosines, sines } = ropeTables(3, 4, 10000);
  expect([...cosines.subarray(0, 2), ...sines.subarray(0, 2)]).toEqual([1, 1, 0, 0]);
  expect([cosines[2], sines[2]]).toEqual([Math.fround(0.5403023058681398), Math.fround(0.8414709848078965)]);
  expect([cosines[4], sines[4]]).toEqual([Math.fround(-0.4161468365471424), Math.fround(0.9092974268256817)]);
});

test("a longer table begins with the shorter one", () => {
  const [short, long] = [ropeTables(7, HEAD_SIZE, 10000), ropeTables(POSITIONS, HEAD_SIZE, 10000)];
  expect(long.cosines.subarray(0, short.cosines.length)).toEqual(short.cosines);
  expect(long.sines.subarray(0, short.sines.length)).toEqual(short.sines);
});
