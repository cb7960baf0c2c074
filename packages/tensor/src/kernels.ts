/**
 * The kernels of the engine and the names of their operands, in the order in which the C functions read them
 * (`kernels/kernels.h` lists the same kernels in the same order; a test compares the two).
 * An operand is one float64 word: an address in bytes (0 means absent), a count, a stride in elements, or a scalar.
 */
export const kernels = {
  product: [
    "a",
    "b",
    "addend",
    "c",
    "rows",
    "columns",
    "k",
    "aRow",
    "aK",
    "bK",
    "bColumn",
    "cRow",
    "batch",
    "aBatch",
    "bBatch",
    "cBatch",
    "flags",
  ],
  embed: ["ids", "table", "output", "rows", "width"],
  embedBackward: ["ids", "dOutput", "addend", "dTable", "rows", "width", "entries"],
  rmsNorm: ["x", "gain", "output", "inverse", "rows", "width", "epsilon"],
  rmsNormBackward: ["dOutput", "x", "gain", "inverse", "addend", "dX", "rows", "width"],
  rmsNormGainBackward: ["dOutput", "x", "inverse", "dGain", "rows", "width"],
  rope: [
    "x",
    "output",
    "cosines",
    "sines",
    "past",
    "rows",
    "rowsPerSequence",
    "width",
    "heads",
    "headSize",
    "direction",
  ],
  attention: [
    "q",
    "k",
    "v",
    "output",
    "statistics",
    "qRow",
    "kRow",
    "vRow",
    "outputRow",
    "sequences",
    "rows",
    "keyRows",
    "heads",
    "keyHeads",
    "keySize",
    "valueSize",
    "scale",
    "flags",
  ],
  attentionBackward: [
    "q",
    "k",
    "v",
    "output",
    "statistics",
    "qRow",
    "kRow",
    "vRow",
    "outputRow",
    "sequences",
    "rows",
    "keyRows",
    "heads",
    "keyHeads",
    "keySize",
    "valueSize",
    "scale",
    "flags",
    "dOutput",
    "dQ",
    "dK",
    "dV",
    "dQRow",
    "dKRow",
    "dVRow",
  ],
  swiglu: ["x", "output", "rows", "width"],
  swigluBackward: ["dOutput", "x", "dX", "rows", "width"],
  crossEntropy: ["logits", "targets", "losses", "dLogits", "rows", "classes"],
  crossEntropyMean: ["losses", "targets", "mean", "rows"],
  add: ["a", "b", "output", "count"],
  scale: ["x", "factor", "output", "count"],
  packWeight: ["x", "panels", "k", "columns", "xK", "xColumn", "round"],
  cacheWrite: [
    "x",
    "cache",
    "past",
    "slots",
    "sequences",
    "rows",
    "capacity",
    "heads",
    "size",
    "xRow",
    "inPanels",
    "round",
  ],
  sumSquares: ["x", "partial", "count"],
  adamw: ["weight", "gradient", "first", "second", "settings", "squares", "norm", "count", "decayed"],
  quantizeRows: ["x", "q", "steps", "rows", "width", "xRow", "xColumn"],
  productInt8: ["a", "aSteps", "b", "bSteps", "addend", "c", "rows", "columns", "k"],
  attentionCached: [
    "q",
    "keys",
    "values",
    "output",
    "past",
    "slots",
    "qRow",
    "outputRow",
    "rows",
    "capacity",
    "heads",
    "keyHeads",
    "keySize",
    "valueSize",
    "scale",
    "flags",
  ],
  productPacked: ["a", "panels", "addend", "c", "rows", "columns", "k", "flags"],
} as const satisfies Record<string, readonly string[]>;

/** Columns of a panel, in which served weights and cached keys lie (kernels/panels.h). */
export const PANEL_COLUMNS = 16;

/** Elements that a dimension of `count` takes in panels. */
export function inPanels(count: number): number {
  return Math.ceil(count / PANEL_COLUMNS) * PANEL_COLUMNS;
}

export type KernelName = keyof typeof kernels;
export type OperandName<K extends KernelName> = (typeof kernels)[K][number];
export type KernelOperands<K extends KernelName> = { readonly [N in OperandName<K>]: number };

export const kernelNames = Object.keys(kernels) as readonly KernelName[];

/** Bits of the `flags` operand of products and attention. */
export const productFlags = {
  /** Both operands are bfloat16 values, so multiply and add may be fused without changing the result. */
  fused: 1,
  roundA: 2,
  roundB: 4,
} as const;

/** How operands of products are treated, chosen per network (DESIGN 3). */
export type OperandMode = "bf16" | "f32";

export const flagsOfMode: { readonly [M in OperandMode]: number } = {
  bf16: productFlags.fused | productFlags.roundA | productFlags.roundB,
  f32: 0,
};
