/** From token windows to the arrays a training or evaluation step reads. */
import type { TokenArray } from "./tokens.ts";

/** A target that must not count: the loss skips it. */
export const ignoredTarget = -1;

export interface BatchRequest {
  readonly tokens: TokenArray;
  /** Start of each window. */
  readonly offsets: ArrayLike<number>;
  readonly context: number;
  /** (offsets.length, context) row-major; receives the tokens of each window. */
  readonly inputs: Int32Array;
  /** Same shape; receives the token after each input. */
  readonly targets: Int32Array;
}

/**
 * Fills one batch and returns how many targets count. Where a window runs past the end of the tokens, its inputs are 0
 * and its targets `ignoredTarget`; a window that starts at or after the last token is ignored as a whole.
 */
export function fillBatch({ tokens, offsets, context, inputs, targets }: BatchRequest): number {
  const elements = offsets.length * context;
  if (inputs.length !== elements || targets.length !== elements) {
    throw new RangeError(
      `a batch of ${offsets.length} x ${context} does not fit arrays of ${inputs.length} and ${targets.length}`,
    );
  }
  let counted = 0;
  for (let row = 0; row < offsets.length; row++) {
    const start = offsets[row] as number;
    const known = Math.max(0, Math.min(context, tokens.length - 1 - start));
    const base = row * context;
    for (let t = 0; t < known; t++) {
      inputs[base + t] = tokens[start + t] as number;
      targets[base + t] = tokens[start + t + 1] as number;
    }
    inputs.fill(0, base + known, base + context);
    targets.fill(ignoredTarget, base + known, base + context);
    counted += known;
  }
  return counted;
}

/**
 * Offsets of non-overlapping windows that together predict every token but the first exactly once: 0, context,
 * 2 context, ... The last window is shorter unless the length fits; `fillBatch` ignores what it lacks.
 */
export function validationWindows(tokens: TokenArray, context: number): Uint32Array {
  const windows = Math.ceil(Math.max(0, tokens.length - 1) / context);
  return Uint32Array.from({ length: windows }, (_, window) => window * context);
}

export interface ValidationRequest {
  readonly tokens: TokenArray;
  readonly context: number;
  /** Rows of every batch; the last batch is filled up with ignored rows, so all have one shape. */
  readonly batch: number;
}

export interface ValidationBatch {
  readonly inputs: Int32Array;
  readonly targets: Int32Array;
  /** Targets that count: the weight of this batch's mean loss in the mean over all batches. */
  readonly predictions: number;
}

/** The whole validation part in batches of one shape. The arrays are reused: use a batch before asking for the next. */
export function* validationBatches({ tokens, context, batch }: ValidationRequest): Generator<ValidationBatch> {
  const windows = validationWindows(tokens, context);
  const inputs = new Int32Array(batch * context);
  const targets = new Int32Array(batch * context);
  for (let first = 0; first < windows.length; first += batch) {
    const offsets = new Float64Array(batch).fill(tokens.length);
    offsets.set(windows.subarray(first, first + batch));
    yield { inputs, targets, predictions: fillBatch({ tokens, offsets, context, inputs, targets }) };
  }
}
