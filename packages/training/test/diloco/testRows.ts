/** Contributions for tests: plain rows of numbers in place of compressed bytes, and reproducible ones. */
import type { Contributions } from "../../src/diloco/contributions.ts";

/** Uniform in [-1, 1), the same for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

export function randomRows(random: () => number, count: number, values: number): Float32Array[] {
  return Array.from({ length: count }, () => Float32Array.from({ length: values }, random));
}

/** Tiles of `columns` values, in room that is longer and full of numbers that must not show. */
export function contributionsOf(rows: readonly Float32Array[], columns: number): Contributions {
  const stride = columns + 3;
  const values = rows[0]!.length;
  return {
    count: rows.length,
    forEachTile(visit) {
      const room = new Float32Array(rows.length * stride);
      for (let from = 0; from < values; from += columns) {
        room.fill(1e30);
        for (const [index, row] of rows.entries()) room.set(row.subarray(from, from + columns), index * stride);
        visit({ values: room, rows: rows.length, stride, columns: Math.min(columns, values - from) }, from);
      }
    },
  };
}
