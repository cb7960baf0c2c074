/** Kernels that work row by row: embedding, norm, position embedding, gated unit, cross entropy. */
import type { KernelCase } from "./kernelCase.ts";
import { integersBelow, spread, uniform } from "./testData.ts";

type Fill = (count: number, seed: number) => Float32Array;

/** All pairs of a list of row counts and a list of widths. */
function sizes(rowCounts: readonly number[], widths: readonly number[]) {
  return rowCounts.flatMap((rows) => widths.map((width) => ({ rows, width })));
}

const normSizes = sizes([1, 15, 32, 33, 100], [1, 15, 16, 17, 65]);
const fills: readonly (readonly [title: string, fill: Fill])[] = [
  ["values around 1", uniform],
  ["subnormal and small values", (count, seed) => spread(count, seed, [-150, -60])],
  ["large values", (count, seed) => spread(count, seed, [20, 38])],
];
const normInputs = normSizes.flatMap((size) => fills.map(([title, fill]) => ({ ...size, title, fill })));

export const embedCases: readonly KernelCase<"embed">[] = sizes([1, 32, 33], [1, 7, 64, 130]).map(
  ({ rows, width }) => ({
    name: `${rows} rows of ${width}`,
    operands: (place) => ({
      ids: place.integers(integersBelow(17, rows, 1)),
      table: place.input(uniform(17 * width, 2)),
      output: place.output(rows * width),
      ...{ rows, width },
    }),
  }),
);

export const embedBackwardCases: readonly KernelCase<"embedBackward">[] = sizes([1, 33, 100], [1, 7, 64, 130]).flatMap(
  ({ rows, width }) =>
    [false, true].map((hasAddend) => ({
      name: `${rows} rows of ${width}${hasAddend ? " + addend" : ""}`,
      operands: (place) => ({
        ids: place.integers(integersBelow(17, rows, 1)),
        dOutput: place.input(uniform(rows * width, 2)),
        addend: hasAddend ? place.input(uniform(17 * width, 3)) : 0,
        dTable: place.output(17 * width),
        ...{ rows, width, entries: 17 },
      }),
    })),
);

export const rmsNormCases: readonly KernelCase<"rmsNorm">[] = normInputs.map(({ rows, width, title, fill }) => ({
  name: `${rows} rows of ${width}, ${title}`,
  operands: (place) => ({
    x: place.input(fill(rows * width, 1)),
    gain: place.input(uniform(width, 2)),
    output: place.output(rows * width),
    inverse: place.output(rows),
    ...{ rows, width, epsilon: 1e-6 },
  }),
}));

/** dX in a place of its own, on the addend, or on dOutput. */
const norms = ["apart", "apart, with addend", "on the addend", "on dOutput"] as const;

export const rmsNormBackwardCases: readonly KernelCase<"rmsNormBackward">[] = normInputs.flatMap(
  ({ rows, width, title, fill }, i) => {
    const where = norms[i % 4]!;
    return {
      name: `${rows} rows of ${width}, ${title}, dX ${where}`,
      operands: (place) => {
        const dOutput = place.input(uniform(rows * width, 1));
        const addend = where.includes("addend") ? place.input(uniform(rows * width, 2)) : 0;
        const dX = where === "on the addend" ? addend : where === "on dOutput" ? dOutput : place.output(rows * width);
        return {
          ...{ dOutput, addend, dX, rows, width },
          x: place.input(fill(rows * width, 3)),
          gain: place.input(uniform(width, 4)),
          inverse: place.input(uniform(rows, 5)),
        };
      },
    };
  },
);

export const rmsNormGainBackwardCases: readonly KernelCase<"rmsNormGainBackward">[] = normInputs.map(
  ({ rows, width, title, fill }) => ({
    name: `${rows} rows of ${width}, ${title}`,
    operands: (place) => ({
      dOutput: place.input(uniform(rows * width, 1)),
      x: place.input(fill(rows * width, 2)),
      inverse: place.input(uniform(rows, 3)),
      dGain: place.output(width),
      ...{ rows, width },
    }),
  }),
);

const ropeShapes = [
  { rows: 1, rowsPerSequence: 1, heads: 1, headSize: 2, extra: 0, past: [3], direction: 1, isInPlace: false },
  { rows: 66, rowsPerSequence: 33, heads: 3, headSize: 8, extra: 5, past: undefined, direction: 1, isInPlace: false },
  { rows: 66, rowsPerSequence: 33, heads: 3, headSize: 8, extra: 5, past: [0, 7], direction: 1, isInPlace: true },
  { rows: 64, rowsPerSequence: 32, heads: 2, headSize: 34, extra: 0, past: undefined, direction: -1, isInPlace: true },
  { rows: 35, rowsPerSequence: 5, heads: 5, headSize: 6, extra: 1, past: undefined, direction: -1, isInPlace: false },
] as const;

export const ropeCases: readonly KernelCase<"rope">[] = ropeShapes.map((shape) => {
  const { rows, rowsPerSequence, heads, headSize, extra, past, direction, isInPlace } = shape;
  const width = heads * headSize + extra;
  const POSITIONS = 50;
  return {
    name: `${rows} rows of ${heads} x ${headSize} + ${extra}, direction ${direction}, ${isInPlace ? "in place" : "apart"}`,
    operands: (place) => {
      const x = place.input(uniform(rows * width, 1));
      return {
        x,
        output: isInPlace ? x : place.output(rows * width),
        cosines: place.input(uniform((POSITIONS * headSize) / 2, 2)),
        sines: place.input(uniform((POSITIONS * headSize) / 2, 3)),
        past: past === undefined ? 0 : place.integers(past),
        ...{ rows, rowsPerSequence, width, heads, headSize, direction },
      };
    },
  };
});

/** Gates around 0, far out (where the sigmoid is 1, or subnormal), and tiny. */
const gates: readonly (readonly [title: string, fill: Fill])[] = [
  ["gates around 0", (count, seed) => uniform(count, seed, 8)],
  ["gates far out", (count, seed) => uniform(count, seed, 150)],
  ["gates of every magnitude", (count, seed) => spread(count, seed, [-150, 60])],
];
const gateInputs = sizes([1, 16, 17, 40], [1, 15, 16, 17, 64]).flatMap((size) =>
  gates.map(([title, fill]) => ({ ...size, title, fill })),
);

/** From `from` to `to` in even steps: a function that is a polynomial must be looked at everywhere. */
function sweep(count: number, from: number, to: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => from + (i / (count - 1)) * (to - from));
}

const SWEEP = 40_000;

const gateSweep: KernelCase<"swiglu"> = {
  name: "gates from -89 to 89",
  operands: (place) => {
    const x = new Float32Array(2 * SWEEP).fill(1);
    x.set(sweep(SWEEP, -89, 89));
    return { x: place.input(x), output: place.output(SWEEP), rows: 1, width: SWEEP };
  },
};

const swigluInputs: readonly KernelCase<"swiglu">[] = gateInputs.map(({ rows, width, title, fill }) => ({
  name: `${rows} rows of ${width}, ${title}`,
  operands: (place) => ({
    x: place.input(fill(2 * rows * width, 1)),
    output: place.output(rows * width),
    ...{ rows, width },
  }),
}));

export const swigluCases = [...swigluInputs, gateSweep];

export const swigluBackwardCases: readonly KernelCase<"swigluBackward">[] = gateInputs.map(
  ({ rows, width, title, fill }, i) => ({
    name: `${rows} rows of ${width}, ${title}, ${i % 2 === 0 ? "apart" : "in place"}`,
    operands: (place) => {
      const x = place.input(fill(2 * rows * width, 1));
      return {
        dOutput: place.input(uniform(rows * width, 2)),
        x,
        dX: i % 2 === 0 ? place.output(2 * rows * width) : x,
        ...{ rows, width },
      };
    },
  }),
);

/** Every third row or so has no target. */
function targetsFor(rows: number, classes: number): number[] {
  return integersBelow(classes, rows, 3).map((target, r) => (r % 3 === 1 ? -1 : target));
}

const logits: readonly (readonly [title: string, fill: Fill])[] = [
  ["logits around 0", uniform],
  ["logits far apart", (count, seed) => uniform(count, seed, 100)],
  ["some logits minus infinity", (count, seed) => uniform(count, seed).map((x) => (x < -0.9 ? -Infinity : x))],
];

const logitSweep: KernelCase<"crossEntropy"> = {
  name: "one row with logits from -90 to 0",
  operands: (place) => ({
    logits: place.input(sweep(SWEEP, -90, 0)),
    targets: place.integers([5]),
    losses: place.output(1),
    dLogits: place.output(SWEEP),
    ...{ rows: 1, classes: SWEEP },
  }),
};

/** Where the target has the largest logit the loss is the logarithm alone: of sums from 1 to 3. */
const logarithms: KernelCase<"crossEntropy"> = {
  name: "4000 rows of 3 whose target has the largest logit",
  operands: (place) => ({
    logits: place.input(uniform(12_000, 1, 4).map((x, i) => (i % 3 === 2 ? 0 : -Math.abs(x)))),
    targets: place.integers(new Array(4000).fill(2)),
    losses: place.output(4000),
    dLogits: place.output(12_000),
    ...{ rows: 4000, classes: 3 },
  }),
};

const logitInputs: readonly KernelCase<"crossEntropy">[] = sizes([1, 7, 9, 40], [2, 15, 16, 17, 65]).flatMap(
  ({ rows, width: classes }, i) =>
    logits.map(([title, fill]) => ({
      name: `${rows} rows of ${classes}, ${title}, ${i % 2 === 0 ? "apart" : "in place"}`,
      operands: (place) => {
        const x = place.input(fill(rows * classes, 1));
        return {
          logits: x,
          targets: place.integers(targetsFor(rows, classes)),
          losses: place.output(rows),
          dLogits: i % 2 === 0 ? place.output(rows * classes) : x,
          ...{ rows, classes },
        };
      },
    })),
);

export const crossEntropyCases = [...logitInputs, logitSweep, logarithms];

export const crossEntropyMeanCases: readonly KernelCase<"crossEntropyMean">[] = [1, 15, 16, 17, 100].map((rows) => ({
  name: `${rows} rows`,
  operands: (place) => ({
    losses: place.input(uniform(rows, 1)),
    targets: place.integers(targetsFor(rows, 5)),
    mean: place.output(2),
    rows,
  }),
}));
