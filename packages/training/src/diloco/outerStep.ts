/**
 * The outer step: everybody takes the contributions of a round in slot order and gets the same new model. Validation first,
 * then each is clipped to the median norm, aggregated, and a Nesterov step is made: DiLoCo (arXiv 2311.08105). Clipping to the
 * median bounds what any one contribution can do before the aggregator sees it. Spec: spec/outer-step.md.
 */
import type { DeltaFault, RoundRules } from "../rounds/roundWorker.ts";
import { AGGREGATORS } from "./aggregators/aggregatorOf.ts";
import { CHUNK_VALUES, checkDelta } from "./compression/delta.ts";
import { type Contributions, createContributions, createRows } from "./contributions.ts";

export interface OuterStepRequest {
  /** Values of the whole model; all arrays have one length. Neither is changed. */
  readonly weights: Float32Array;
  readonly momentum: Float32Array;
  /** In slot order, as they came. */
  readonly deltas: readonly Uint8Array[];
  readonly rules: RoundRules;
  /** `none`: contributions keep their norms. For controls in experiments; rounds always clip. */
  readonly clipping?: "median-norm" | "none";
}

export interface OuterStepResult {
  readonly weights: Float32Array;
  readonly momentum: Float32Array;
  /** By slot; null: taken in. With no contribution taken in, nothing has changed. */
  readonly faults: readonly (DeltaFault | null)[];
}

export function outerStep(request: OuterStepRequest): OuterStepResult {
  const { weights, momentum, deltas, rules } = request;
  const values = weights.length;
  const faults = deltas.map((delta) => checkDelta(delta, rules.compression, values));
  const good = deltas.filter((_, slot) => faults[slot] === null);
  const result = { weights: weights.slice(), momentum: momentum.slice(), faults };
  if (good.length === 0) return result;
  const { compression } = rules;
  const factors =
    request.clipping === "none"
      ? undefined
      : clipFactors(normsOf(createContributions({ deltas: good, compression, values })));
  const contributions = createContributions({ deltas: good, compression, values, ...(factors && { factors }) });
  const combine = AGGREGATORS[rules.aggregator](contributions, rules);
  const rowsOf = createRows(contributions);
  const gradient = new Float32Array(CHUNK_VALUES);
  for (let chunk = 0; chunk < contributions.chunks; chunk++) {
    const rows = rowsOf(chunk);
    contributions.read(chunk, rows);
    const from = chunk * CHUNK_VALUES;
    const to = Math.min(values, from + CHUNK_VALUES);
    const part = gradient.subarray(0, to - from);
    combine(rows, part);
    nesterov(part, result.weights.subarray(from, to), result.momentum.subarray(from, to), rules);
  }
  return result;
}

/** v <- mu v + g; w <- w - lr (g + mu v), each operation rounded to float32. Works in place. */
function nesterov(gradient: Float32Array, weights: Float32Array, momentum: Float32Array, rules: RoundRules): void {
  const rate = Math.fround(rules.outerLearningRate);
  const mu = Math.fround(rules.outerMomentum);
  for (let i = 0; i < gradient.length; i++) {
    const g = gradient[i] as number;
    const v = Math.fround(Math.fround(mu * (momentum[i] as number)) + g);
    momentum[i] = v;
    const direction = Math.fround(g + Math.fround(mu * v));
    weights[i] = (weights[i] as number) - Math.fround(rate * direction);
  }
}

/** Euclidean norms in double precision: squares summed in order within each chunk, then over the chunks. */
function normsOf(contributions: Contributions): Float64Array {
  const squares = new Float64Array(contributions.count);
  const rowsOf = createRows(contributions);
  for (let chunk = 0; chunk < contributions.chunks; chunk++) {
    const rows = rowsOf(chunk);
    contributions.read(chunk, rows);
    for (const [index, row] of rows.entries()) squares[index]! += sumOfSquares(row);
  }
  return squares.map(Math.sqrt);
}

function sumOfSquares(row: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += (row[i] as number) * (row[i] as number);
  return sum;
}

/** What brings each norm down to the median of all; of an even number, the mean of the two in the middle. */
function clipFactors(norms: Float64Array): number[] {
  const sorted = norms.slice().sort();
  const { length } = sorted;
  const median = ((sorted[(length - 1) >> 1] as number) + (sorted[length >> 1] as number)) / 2;
  return Array.from(norms, (norm) => (norm > median ? Math.fround(median / norm) : 1));
}
