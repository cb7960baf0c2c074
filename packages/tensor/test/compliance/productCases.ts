/** Products at and around tile and block borders, in every layout, mode and use of the addend. */
import { flagsOfMode, productFlags } from "../../src/kernels.ts";
import { roundOperand } from "../../src/reference/rounding.ts";
import type { KernelCase } from "./kernelCase.ts";
import { spread, uniform } from "./testData.ts";

/** How a (rows, k) and b (k, columns) lie in memory: N by rows, T transposed, S with no stride of 1. */
const layouts = ["NN", "NT", "TN", "TT", "SS"] as const;
type Layout = (typeof layouts)[number];

/** The last two: one operand has been rounded beforehand, as copies of weights are. */
const modes = {
  f32: flagsOfMode.f32,
  bf16: flagsOfMode.bf16,
  "bf16 with rounded b": productFlags.fused | productFlags.roundA,
  "bf16 with rounded a": productFlags.fused | productFlags.roundB,
} as const;
type Mode = keyof typeof modes;
const modeNames = Object.keys(modes) as readonly Mode[];

type Fill = (count: number, seed: number) => Float32Array;

interface ProductShape {
  readonly rows: number;
  readonly columns: number;
  readonly k: number;
  readonly layout: Layout;
  readonly mode: Mode;
  readonly batch?: number;
  readonly hasAddend?: boolean;
  readonly fill?: Fill;
  readonly title?: string;
}

/** Strides of a (outer, inner) matrix, a little wider than it must be, and the floats it takes. */
function strides(kind: string, outer: number, inner: number) {
  if (kind === "N") return { outer: inner + 2, inner: 1, size: outer * (inner + 2) };
  if (kind === "T") return { outer: 1, inner: outer + 3, size: inner * (outer + 3) };
  return { outer: 2 * inner + 1, inner: 2, size: outer * (2 * inner + 1) };
}

function productCase(shape: ProductShape): KernelCase<"product"> {
  const { rows, columns, k, layout, mode, batch = 1, hasAddend = false, fill = uniform, title = "" } = shape;
  const seed = rows * 31 + columns * 7 + k;
  const flags = modes[mode];
  const name = `${title} ${rows} x ${columns} x ${k} ${layout} ${mode} batch ${batch}${hasAddend ? " + addend" : ""}`;
  const aStrides = strides(layout[0]!, rows, k);
  const bStrides = strides(layout[1]!, k, columns);
  const cRow = columns + 1;
  // The last matrix of b serves twice where there are several: a batch stride may be anything.
  const bBatch = batch > 2 ? 0 : bStrides.size;
  const rounded = (values: Float32Array, flag: number): Float32Array =>
    flags & productFlags.fused && !(flags & flag) ? values.map(roundOperand) : values;
  return {
    name: name.trim(),
    operands: (place) => ({
      a: place.input(rounded(fill(batch * aStrides.size, seed), productFlags.roundA)),
      b: place.input(rounded(fill(batch * bStrides.size, seed + 1), productFlags.roundB)),
      addend: hasAddend ? place.input(fill(batch * rows * cRow, seed + 2)) : 0,
      c: place.output(batch * rows * cRow),
      rows,
      columns,
      k,
      aRow: aStrides.outer,
      aK: aStrides.inner,
      bK: bStrides.outer,
      bColumn: bStrides.inner,
      cRow,
      batch,
      aBatch: aStrides.size,
      bBatch,
      cBatch: rows * cRow,
      flags,
    }),
  };
}

/** All sizes against each other, the smaller ones twice; layout, mode, batch and addend go round, with periods that share no factor. */
function borderCases(): KernelCase<"product">[] {
  const cases: KernelCase<"product">[] = [];
  for (const rows of [1, 5, 23, 24, 25, 49, 96, 97])
    for (const columns of [1, 15, 16, 17, 33])
      for (const k of [1, 7, 255, 256, 257, 300, 385])
        for (let turn = 0; turn < (rows < 49 ? 2 : 1); turn++) {
          const i = cases.length;
          const shape = { rows, columns, k, layout: layouts[i % 5]!, mode: modeNames[(i >> 1) % 4]! };
          cases.push(productCase({ ...shape, batch: k > 7 ? 1 : 1 + (i % 3), hasAddend: i % 7 < 3 }));
        }
  return cases;
}

/** Few rows: the columns are shared out, and b is read in place where it needs no rounding. */
function wideCases(): KernelCase<"product">[] {
  const sizes = [1, 4, 5, 16, 17].flatMap((rows) => [127, 128, 129, 300].map((columns) => ({ rows, columns })));
  return sizes.flatMap((size, i) =>
    modeNames.map((mode) =>
      productCase({
        ...size,
        k: 37,
        layout: i % 3 === 2 ? "NT" : "NN",
        mode,
        hasAddend: i % 2 === 0,
        batch: 1 + (i % 2),
      }),
    ),
  );
}

/** Beyond the largest block of columns; so long a k that a thread's scratch does not hold it; work for every thread. */
function largeCases(): KernelCase<"product">[] {
  return (["f32", "bf16"] as const).flatMap((mode) => [
    productCase({ rows: 18, columns: 2070, k: 390, layout: "NN", mode, hasAddend: true }),
    productCase({ rows: 2, columns: 2070, k: 20, layout: "NT", mode }),
    productCase({ rows: 1, columns: 17, k: 23_000, layout: "NN", mode, hasAddend: true }),
    productCase({ rows: 300, columns: 100, k: 70, layout: "TN", mode, batch: 2 }),
  ]);
}

/** Exponents of operands; with `rows` of 3 and `k` of 40 no sum of the finite ones overflows. */
const extremes = {
  "products and sums in the subnormal range": [-76, -60],
  "operands around the floor of 2^-67": [-70, -64],
  "subnormal operands": [-150, -120],
  "products from subnormal to large": [-72, 40],
  "products near the largest float32": [45, 60],
} as const;

function extremeCases(): KernelCase<"product">[] {
  const cases = Object.entries(extremes).flatMap(([title, range]) =>
    modeNames.flatMap((mode) =>
      [3, 30].map((rows) => {
        const fill: Fill = (count, seed) => spread(count, seed, range);
        return productCase({ title, rows, columns: 140, k: 40, layout: "NN", mode, fill, hasAddend: rows === 3 });
      }),
    ),
  );
  // Fused, -2^124 + 2^128 would be finite; unfused, 2^128 alone is not.
  const overflow = (columns: number, rows: number): KernelCase<"product"> =>
    productCase({
      title: "an overflow that a fused multiply-add could take back",
      ...{ rows, columns, k: 2, layout: "TN", mode: "bf16" },
      fill: (count, seed) => {
        const isA = seed === rows * 31 + columns * 7 + 2;
        const row = isA ? rows + 3 : columns + 2;
        return Float32Array.from({ length: count }, (_, i) => (i < row ? (isA ? -(2 ** 62) : 2 ** 62) : 2 ** 64));
      },
    });
  return [...cases, overflow(20, 3), overflow(20, 30)];
}

export const productCases: readonly KernelCase<"product">[] = [
  ...borderCases(),
  ...wideCases(),
  ...largeCases(),
  ...extremeCases(),
];
