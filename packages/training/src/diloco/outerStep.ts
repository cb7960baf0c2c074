/**
 * The outer step: everybody takes the contributions of a round in slot order and gets the same new model. Validation first,
 * then each is clipped to the median norm, aggregated, and a Nesterov step is made: DiLoCo (arXiv 2311.08105). Clipping to the
 * median bounds what any one contribution can do before the aggregator sees it. Spec: spec/outer-step.md.
 */
import type { DeltaFault, RoundRules } from "../rounds/roundWorker.ts";
import { AGGREGATORS } from "./aggregators/aggregatorOf.ts";
import { CHUNK_VALUES, checkDelta } from "./compression/delta.ts";
import { type Contributions, createContributions, type Tile } from "./contributions.ts";

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
  const { compression } = rules;
  const values = weights.length;
  const faults = deltas.map((delta) => checkDelta(delta, compression, values));
  const good = deltas.filter((_, slot) => faults[slot] === null);
  const result = { weights: weights.slice(), momentum: momentum.slice(), faults };
  if (good.length === 0) return result;
  const asSent = { deltas: good, compression, values };
  const factors = request.clipping === "none" ? undefined : clipFactors(normsOf(createContributions(asSent)));
  const contributions = createContributions({ ...asSent, factors });
  const combine = AGGREGATORS[rules.aggregator](contributions, rules);
  const room = new Float32Array(CHUNK_VALUES);
  contributions.forEachTile((tile, from) => {
    const to = from + tile.columns;
    const gradient = room.subarray(0, tile.columns);
    combine(tile, gradient);
    nesterov(gradient, result.weights.subarray(from, to), result.momentum.subarray(from, to), rules);
  });
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
  contributions.forEachTile((tile) => {
    for (let row = 0; row < tile.rows; row++) squares[row]! += sumOfSquares(tile, row * tile.stride);
  });
  return squares.map(Math.sqrt);
}

function sumOfSquares({ values, columns }: Tile, from: number): number {
  let sum = 0;
  for (let at = from; at < from + columns; at++) sum += (values[at] as number) * (values[at] as number);
  return sum;
}

/**
 * What brings each norm down to the median of all; of an even number, to the lower of the two in the middle. So nobody's
 * contribution is longer than some honest one where no more than half of them are dishonest: one of two is held, too.
 */
function clipFactors(norms: Float64Array): number[] {
  const median = norms.slice().sort()[(norms.length - 1) >> 1] as number;
  return Array.from(norms, (norm) => (norm > median ? Math.fround(median / norm) : 1));
}
