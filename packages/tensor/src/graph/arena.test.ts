import { expect, test } from "vitest";
import { philox4x32 } from "../random.ts";
import { Arena } from "./arena.ts";

test("blocks are aligned to 64 bytes, and an empty one has a place of its own", () => {
  const arena = new Arena();
  expect([arena.take(1), arena.take(65), arena.take(0), arena.take(64)]).toEqual([0, 64, 192, 256]);
  expect(arena.size).toBe(320);
});

test("the smallest gap that fits is taken, the first of equal ones", () => {
  const arena = new Arena();
  const offsets = [256, 64, 128, 64, 128, 64].map((bytes) => arena.take(bytes));
  arena.release(offsets[0]!, 256);
  arena.release(offsets[4]!, 128);
  arena.release(offsets[2]!, 128);
  expect(arena.take(100)).toBe(offsets[2]);
  expect(arena.take(128)).toBe(offsets[4]);
  expect(arena.take(192)).toBe(offsets[0]);
  expect(arena.take(64)).toBe(offsets[0]! + 192);
  expect(arena.size).toBe(704);
});

test("gaps side by side become one, whatever the order of their release", () => {
  for (const order of [
    [0, 1, 2],
    [0, 2, 1],
    [2, 1, 0],
    [1, 0, 2],
  ]) {
    const arena = new Arena();
    const offsets = [64, 128, 64].map((bytes) => arena.take(bytes));
    arena.take(64);
    for (const i of order) arena.release(offsets[i]!, [64, 128, 64][i]!);
    expect(arena.take(256), `${order}`).toBe(0);
  }
});

test("a gap at the end grows instead of staying unused", () => {
  const arena = new Arena();
  arena.take(64);
  arena.release(arena.take(128), 128);
  expect(arena.take(1024)).toBe(64);
  expect(arena.size).toBe(64 + 1024);
});

test("no two blocks overlap in thousands of random takes and releases, and all is one gap at the end", () => {
  for (let seed = 0; seed < 20; seed++) {
    const arena = new Arena();
    const held: { offset: number; bytes: number }[] = [];
    for (let step = 0; step < 200; step++) {
      const [choice, size, which] = philox4x32(seed, 0, step, 0, 0, 0);
      if (choice % 5 < 3 || held.length === 0) {
        const bytes = size % 1000;
        const offset = arena.take(bytes);
        const collides = held.some(
          (b) => offset < b.offset + Math.max(1, b.bytes) && b.offset < offset + Math.max(1, bytes),
        );
        expect(collides, `seed ${seed}, step ${step}`).toBe(false);
        expect(offset + bytes).toBeLessThanOrEqual(arena.size);
        held.push({ offset, bytes });
      } else {
        const [block] = held.splice(which % held.length, 1);
        arena.release(block!.offset, block!.bytes);
      }
    }
    for (const { offset, bytes } of held) arena.release(offset, bytes);
    const { size } = arena;
    expect(arena.take(size), `seed ${seed}`).toBe(0);
    expect(arena.size).toBe(size);
  }
});
