/** Packing of weights, and products with packed ones, at and around the borders of tiles and panels. */
import { flagsOfMode, inPanels, productFlags } from "../../src/kernels.ts";
import { roundOperand } from "../../src/reference/rounding.ts";
import type { KernelCase } from "./kernelCase.ts";
import { spread, uniform } from "./testData.ts";

/** Zeros, infinities, both ends of the range of product operands, and ties. */
const oddValues = [
  0,
  -0,
  Infinity,
  -Infinity,
  3.4e38,
  2 ** 63,
  -(2 ** 63),
  2 ** -67,
  -(2 ** -67),
  1 + 2 ** -8,
  1 + 3 * 2 ** -8,
];

export const packWeightCases: readonly KernelCase<"packWeight">[] = [1, 7, 33].flatMap((k) =>
  [1, 15, 16, 33, 70].flatMap((columns) =>
    [0, 1].flatMap((round) =>
      [false, true].map((isTransposed) => {
        const [xK, xColumn] = isTransposed ? [1, k + 2] : [columns + 2, 1];
        return {
          name: `${k} x ${columns}, ${round === 1 ? "rounded" : "as it is"}${isTransposed ? ", transposed" : ""}`,
          operands: (place) => {
            const x = spread(isTransposed ? columns * xColumn : k * xK, 1, [-150, 120]);
            x.set(oddValues.slice(0, x.length));
            return { x: place.input(x), panels: place.output(inPanels(columns) * k), k, columns, xK, xColumn, round };
          },
        };
      }),
    ),
  ),
);

interface PackedShape {
  readonly rows: number;
  readonly columns: number;
  readonly k: number;
  readonly mode: keyof typeof flagsOfMode;
  readonly hasAddend: boolean;
  /** Exponents of operands; absent: between -1 and 1. */
  readonly range?: readonly [number, number];
}

function productPackedCase(shape: PackedShape): KernelCase<"productPacked"> {
  const { rows, columns, k, mode, hasAddend, range } = shape;
  const fill = (count: number, seed: number): Float32Array =>
    range === undefined ? uniform(count, seed) : spread(count, seed, range);
  const panels = fill(inPanels(columns) * k, 2);
  return {
    name: `${rows} x ${columns} x ${k} ${mode}${hasAddend ? " + addend" : ""}${range ? ` exponents ${range}` : ""}`,
    operands: (place) => ({
      a: place.input(fill(rows * k, 1)),
      panels: place.input(mode === "bf16" ? panels.map(roundOperand) : panels),
      addend: hasAddend ? place.input(fill(rows * columns, 3)) : 0,
      c: place.output(rows * columns),
      ...{ rows, columns, k, flags: flagsOfMode[mode] & ~productFlags.roundB },
    }),
  };
}

export const productPackedCases: readonly KernelCase<"productPacked">[] = (["f32", "bf16"] as const).flatMap((mode) => [
  ...[1, 2, 6, 7, 16, 24, 32].flatMap((rows) =>
    [1, 15, 16, 17, 64, 65, 150].flatMap((columns) =>
      [1, 7, 130].map((k) => productPackedCase({ rows, columns, k, mode, hasAddend: (rows + columns) % 2 === 0 })),
    ),
  ),
  ...(
    [
      [-76, -60],
      [-70, -64],
      [-150, -120],
      [45, 60],
    ] as const
  ).flatMap((range) =>
    [1, 16].map((rows) => productPackedCase({ rows, columns: 70, k: 40, mode, hasAddend: true, range })),
  ),
]);
