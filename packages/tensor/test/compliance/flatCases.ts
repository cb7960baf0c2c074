/** Kernels that work on flat arrays, rows appended to caches, the optimiser, and products of 8-bit integers. */
import type { KernelCase } from "./kernelCase.ts";
import { integersBelow, spread, uniform } from "./testData.ts";

const counts = [1, 15, 4097, 16_384, 16_385, 40_000];

export const addCases: readonly KernelCase<"add">[] = counts.flatMap((count) =>
  [false, true].map((isInPlace) => ({
    name: `${count} values, ${isInPlace ? "in place" : "apart"}`,
    operands: (place) => {
      const a = place.input(spread(count, 1, [-150, 120]));
      const b = place.input(spread(count, 2, [-150, 120]));
      return { a, b, output: isInPlace ? a : place.output(count), count };
    },
  })),
);

export const scaleCases: readonly KernelCase<"scale">[] = counts.flatMap((count) =>
  [false, true].map((isInPlace) => ({
    name: `${count} values, ${isInPlace ? "in place" : "apart"}`,
    operands: (place) => {
      const x = place.input(spread(count, 1, [-150, 120]));
      return { x, factor: place.input([1 / 3]), output: isInPlace ? x : place.output(count), count };
    },
  })),
);

/** In panels it takes 32. */
const CAPACITY = 22;

/** Slots in another order than the rows, with one row left out; or none: sequence is slot. */
const placements = [
  { past: [0], slots: undefined },
  { past: [3, 0, 14], slots: undefined },
  { past: [3, 0, 14, 18], slots: [2, -1, 0, 4] },
] as const;

export const cacheWriteCases: readonly KernelCase<"cacheWrite">[] = placements.flatMap(({ past, slots }) =>
  [1, 4].flatMap((rows) =>
    [
      { heads: 1, size: 17 },
      { heads: 3, size: 5 },
    ].flatMap(({ heads, size }) =>
      [0, 1].flatMap((inPanels) =>
        [0, 1].map((round) => ({
          name: `${rows} rows of ${heads} heads after ${past}, slots ${slots}, in panels ${inPanels}, round ${round}`,
          operands: (place) => ({
            x: place.input(spread(past.length * rows * (heads * size + 2), 1, [-80, 70])),
            cache: place.input(uniform(5 * 32 * heads * size, 2)),
            past: place.integers(past),
            slots: slots === undefined ? 0 : place.integers(slots),
            ...{
              sequences: past.length,
              rows,
              capacity: CAPACITY,
              heads,
              size,
              xRow: heads * size + 2,
              inPanels,
              round,
            },
          }),
        })),
      ),
    ),
  ),
);

export const sumSquaresCases: readonly KernelCase<"sumSquares">[] = [1, 15, 4095, 4096, 4097, 70_000].map((count) => ({
  name: `${count} values`,
  operands: (place) => ({
    x: place.input(spread(count, 1, [-80, 20])),
    partial: place.output(Math.ceil(count / 4096)),
    count,
  }),
}));

const adamwShapes = [
  { count: 1, decayed: 1, clipNorm: 1 },
  { count: 15, decayed: 0, clipNorm: 1 },
  { count: 4096, decayed: 1000, clipNorm: 1e9 },
  { count: 4097, decayed: 4097, clipNorm: 1 },
  { count: 70_000, decayed: 5000, clipNorm: 0.5 },
];

export const adamwCases: readonly KernelCase<"adamw">[] = adamwShapes.flatMap(({ count, decayed, clipNorm }) =>
  [0, -40, -150].map((lowest) => ({
    name: `${count} values, ${decayed} decayed, clip norm ${clipNorm}, gradients from 2^${lowest}`,
    operands: (place) => ({
      weight: place.input(uniform(count, 1)),
      gradient: place.input(spread(count, 2, [lowest, lowest + 20])),
      first: place.input(uniform(count, 3, 0.01)),
      // The first values have met no gradient yet.
      second: place.input(uniform(count, 4, 0.01).map((x, i) => (i < 5 ? 0 : Math.abs(x)))),
      settings: place.input([1e-3, 0.9, 0.95, 1e-8, 0.1, clipNorm, 0.271, 0.142625]),
      squares: place.input(uniform(Math.ceil(count / 4096), 5).map(Math.abs)),
      norm: place.output(1),
      ...{ count, decayed },
    }),
  })),
);

/** Ordinary rows; rows with ties; a row of zeros, of subnormals, on either side of 2^-100, and near the largest float32. */
function rowsToQuantize(rows: number, width: number): Float32Array {
  const values = uniform(rows * width, 1);
  const fills = [
    uniform(width, 2),
    Float32Array.from({ length: width }, (_, c) => (c === 0 ? 127 : (c % 250) - 125 + 0.5)),
    new Float32Array(width),
    spread(width, 3, [-150, -126]),
    new Float32Array(width).fill(2 ** -100),
    new Float32Array(width).fill(2 ** -100 - 2 ** -124),
    spread(width, 5, [110, 127]),
  ];
  for (let r = 0; r < rows; r++) values.set(fills[r % fills.length]!, r * width);
  return values;
}

export const quantizeRowsCases: readonly KernelCase<"quantizeRows">[] = [1, 8, 9, 24].flatMap((rows) =>
  [1, 15, 16, 33, 300].flatMap((width) =>
    [false, true].map((isTransposed) => ({
      name: `${rows} rows of ${width}${isTransposed ? ", transposed" : ""}`,
      operands: (place) => {
        const values = rowsToQuantize(rows, width);
        const transposed = values.map((_, i) => values[(i % rows) * width + Math.floor(i / rows)]!);
        return {
          x: place.input(isTransposed ? transposed : values),
          q: place.output(Math.ceil((rows * width) / 4)),
          steps: place.output(rows),
          ...{ rows, width, xRow: isTransposed ? 1 : width, xColumn: isTransposed ? rows : 1 },
        };
      },
    })),
  ),
);

function int8Values(count: number, seed: number): Int8Array {
  return Int8Array.from(integersBelow(255, count, seed), (x) => x - 127);
}

export const productInt8Cases: readonly KernelCase<"productInt8">[] = [1, 5].flatMap((rows) =>
  [1, 31, 33, 100].flatMap((columns) =>
    [1, 15, 64, 300].map((k, i) => ({
      name: `${rows} x ${columns} x ${k}${i % 2 === 0 ? "" : " + addend"}`,
      operands: (place) => ({
        a: place.bytes(int8Values(rows * k, 1)),
        aSteps: place.input(uniform(rows, 2)),
        b: place.bytes(k === 300 ? new Int8Array(columns * k).fill(-127) : int8Values(columns * k, 3)),
        bSteps: place.input(uniform(columns, 4)),
        addend: i % 2 === 0 ? 0 : place.input(uniform(rows * columns, 5)),
        c: place.output(rows * columns),
        ...{ rows, columns, k },
      }),
    })),
  ),
);
