/** What every aggregator must do, and what the robust ones stand. The bits: by small implementations of another build. */
import { describe, expect, test } from "vitest";
import { AGGREGATORS } from "../../src/diloco/aggregators/aggregatorOf.ts";
import { type AggregatorName, aggregated } from "./aggregated.ts";
import { createRandom, randomRows } from "./testRows.ts";

const names = Object.keys(AGGREGATORS) as AggregatorName[];
const robust = names.filter((name) => name !== "mean");
const perCoordinate: readonly AggregatorName[] = ["mean", "trimmed-mean", "coordinate-median"];
const COUNTS = [1, 2, 3, 4, 5, 7, 11, 16, 21];
const VALUES = 150;

function columnOf(rows: readonly Float32Array[], i: number): number[] {
  return rows.map((row) => row[i]!);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function trimmed(values: readonly number[], trim: number): number[] {
  const slots = values.map((_, slot) => slot);
  const upwards = slots.toSorted((a, b) => values[a]! - values[b]! || a - b);
  const low = new Set(upwards.slice(0, trim));
  const downwards = slots.filter((slot) => !low.has(slot)).sort((a, b) => values[b]! - values[a]! || a - b);
  const high = new Set(downwards.slice(0, trim));
  return values.filter((_, slot) => !low.has(slot) && !high.has(slot));
}

function krumRows(rows: readonly Float32Array[]): { readonly order: readonly Float32Array[]; readonly taken: number } {
  const taken = rows.length - Math.floor((rows.length - 3) / 2) - 2;
  const score = (own: Float32Array): number =>
    rows
      .filter((other) => other !== own)
      .map((other) => other.reduce((sum, value, i) => sum + (value - own[i]!) ** 2, 0))
      .sort((a, b) => a - b)
      .slice(0, taken)
      .reduce((sum, distance) => sum + distance, 0);
  const scores = new Map(rows.map((row) => [row, score(row)]));
  return { order: rows.toSorted((a, b) => scores.get(a)! - scores.get(b)!), taken };
}

/** Values of few different sizes, so that ties are everywhere; no -0, which contributions do not have either. */
function coarseRows(seed: number, count: number): Float32Array[] {
  const random = createRandom(seed);
  return randomRows(random, count, VALUES).map((row) => row.map((value) => Math.round(3 * value) / 4 + 0));
}

describe.each(names)("%s", (name) => {
  test("of one contribution is that contribution, bit for bit", () => {
    const rows = randomRows(createRandom(1), 1, VALUES);
    expect(aggregated(name, rows)).toEqual(rows[0]);
  });

  test("of two is their mean", () => {
    const rows = randomRows(createRandom(2), 2, VALUES);
    const mean = rows[0]!.map((value, i) => (value + rows[1]![i]!) / 2);
    expect(aggregated(name, rows)).toEqual(mean);
  });

  test.each(COUNTS)("of %i equal ones is each of them", (count) => {
    const [row] = randomRows(createRandom(3), 1, VALUES);
    expect(aggregated(name, Array(count).fill(row))).toEqual(row);
  });

  test.each(COUNTS)("of %i stays within what came, at every coordinate", (count) => {
    const rows = randomRows(createRandom(count), count, VALUES);
    for (const [i, value] of aggregated(name, rows).entries()) {
      expect(value).toBeGreaterThanOrEqual(Math.min(...columnOf(rows, i)));
      expect(value).toBeLessThanOrEqual(Math.max(...columnOf(rows, i)));
    }
  });

  test("hardly depends on the order of the contributions", () => {
    const rows = randomRows(createRandom(5), 9, VALUES);
    const there = aggregated(name, rows);
    const back = aggregated(name, rows.toReversed());
    for (const [i, value] of there.entries()) expect(Math.abs(value - back[i]!)).toBeLessThan(1e-6);
  });

  test("has the same bits wherever a chunk ends", () => {
    // Multiples of 1/4: sums over whole vectors are exact in any grouping.
    const rows = coarseRows(6, 7);
    const whole = aggregated(name, rows, { columns: VALUES });
    for (const columns of [1, 7, 64, VALUES - 1]) expect(aggregated(name, rows, { columns })).toEqual(whole);
  });

  test("leaves the largest float32 finite", () => {
    const largest = (2 - 2 ** -23) * 2 ** 127;
    const rows = [1, -1, 1, 1, -1].map((sign) => Float32Array.of(sign * largest, 1, largest));
    for (const value of aggregated(name, rows)) expect(Number.isFinite(value)).toBe(true);
  });
});

describe.each(robust)("%s", (name) => {
  const attacks: Readonly<Record<string, (honest: number, random: number) => number>> = {
    "flip signs": (honest) => -honest,
    "send a thousand times as much": (honest) => 1000 * honest,
    "send noise": (_, random) => 50 * random,
    "collude on one far point": () => 1e4,
    "collude just outside": () => -2,
  };

  test.each(Object.entries(attacks))("stays near the honest where four of eleven %s", (_, attack) => {
    const random = createRandom(7);
    const honest = randomRows(random, 7, VALUES).map((row) => row.map((value) => 1 + value / 10));
    const dishonest = Array.from({ length: 4 }, () => honest[0]!.map((value) => attack(value, random())));
    const rows = [dishonest[0]!, ...honest, ...dishonest.slice(1)];
    const result = aggregated(name, rows, { trimFraction: 0.4 });
    const far = Math.max(...result.map((value) => Math.abs(value - 1)));
    // Weiszfeld's point is pulled towards attackers by a part of the honest ones' spread, which has 150 coordinates.
    expect(far).toBeLessThan(name === "geometric-median" ? 0.25 : 0.1001);
  });
});

test("the plain mean goes wherever one of eleven wants", () => {
  const rows = randomRows(createRandom(8), 11, VALUES);
  rows[4] = rows[4]!.map(() => 1e6);
  expect(Math.min(...aggregated("mean", rows))).toBeGreaterThan(9e4);
});

function casesOf(count: number): readonly (readonly Float32Array[])[] {
  const many = Array.from({ length: 4 }, (_, seed) => randomRows(createRandom(100 + seed), count, VALUES));
  return [...many, coarseRows(9, count), coarseRows(10, count)];
}

describe.each(COUNTS)("of %i contributions", (count) => {
  const cases = casesOf(count);

  function expectColumns(name: AggregatorName, expected: (column: readonly number[]) => number, fraction = 0.1): void {
    for (const rows of cases) {
      const wanted = Float32Array.from({ length: VALUES }, (_, i) => expected(columnOf(rows, i)));
      expect(aggregated(name, rows, { trimFraction: fraction })).toEqual(wanted);
    }
  }

  test("the mean has the bits of a sum in slot order, divided once", () => {
    expectColumns("mean", meanOf);
  });

  test.each([0, 0.1, 0.2, 0.34, 0.5])(
    "the trimmed mean drops the extremes and sums in slot order, fraction %d",
    (part) => {
      const trim = count < 3 ? 0 : Math.min(Math.max(1, Math.floor(count * part)), Math.ceil(count / 2) - 1);
      expectColumns("trimmed-mean", (column) => meanOf(trimmed(column, trim)), part);
    },
  );

  test("the coordinate median is the middle one, or the mean of the middle two", () => {
    expectColumns("coordinate-median", (column) => {
      const sorted = column.toSorted((a, b) => a - b);
      return count % 2 === 1 ? sorted[count >> 1]! : (sorted[count / 2 - 1]! + sorted[count / 2]!) / 2;
    });
  });
});

test.each(COUNTS.filter((count) => count >= 3))(
  "of %i Krum takes the row with the nearest neighbours, multi-Krum the mean of the best",
  (count) => {
    for (const rows of casesOf(count)) {
      const { order, taken } = krumRows(rows);
      expect(aggregated("krum", rows)).toEqual(order[0]);
      const multi = aggregated("multi-krum", rows);
      for (const [i, value] of multi.entries()) {
        expect(value).toBeCloseTo(meanOf(columnOf(order.slice(0, taken), i)), 6);
      }
    }
  },
);

test.each(perCoordinate)("%s treats every coordinate by itself", (name) => {
  const rows = randomRows(createRandom(11), 5, VALUES);
  const whole = aggregated(name, rows);
  const part = aggregated(
    name,
    rows.map((row) => row.subarray(40, 60)),
  );
  expect(part).toEqual(whole.subarray(40, 60));
});
