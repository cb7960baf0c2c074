/** Choosing the next token from logits. Exact: the same logits, options and draw give the same token on every machine. */
import { exp } from "@neuroshard/tensor";

export interface SamplingOptions {
  /** 0 takes the most likely token; lower is more predictable. */
  readonly temperature: number;
  /** Only the k most likely tokens; 0 means all. */
  readonly topK: number;
  /** The most likely tokens that together have this probability (Holtzman et al. 2020). */
  readonly topP: number;
  /** Above 1, tokens seen before become less likely (Keskar et al. 2019). */
  readonly repetitionPenalty: number;
}

export const defaultSampling: SamplingOptions = { temperature: 0.8, topK: 40, topP: 1, repetitionPenalty: 1 };

function penalized(logits: Float32Array, seen: Iterable<number>, penalty: number): Float64Array {
  const result = Float64Array.from(logits);
  if (penalty !== 1)
    for (const token of new Set(seen)) {
      const logit = result[token]!;
      result[token] = logit > 0 ? logit / penalty : logit * penalty;
    }
  return result;
}

function mostLikely(logits: Float64Array): number {
  let best = 0;
  for (let i = 1; i < logits.length; i++) if (logits[i]! > logits[best]!) best = i;
  return best;
}

/** Tokens from the most to the least likely; equal logits by lower id. */
function ranked(logits: Float64Array, topK: number): readonly number[] {
  const count = topK > 0 ? Math.min(topK, logits.length) : logits.length;
  const byLogit = (a: number, b: number): number => logits[b]! - logits[a]! || a - b;
  if (count === logits.length) return Array.from(logits.keys()).sort(byLogit);
  // Only what can be among the first `count` is sorted.
  const threshold = Float64Array.from(logits).sort()[logits.length - count]!;
  const candidates: number[] = [];
  for (let i = 0; i < logits.length; i++) if (logits[i]! >= threshold) candidates.push(i);
  return candidates.sort(byLogit).slice(0, count);
}

/** `draw` is uniform in [0, 1); `seen` are the tokens that the repetition penalty is for. */
export function sample(logits: Float32Array, options: SamplingOptions, draw: number, seen: Iterable<number>): number {
  const adjusted = penalized(logits, seen, options.repetitionPenalty);
  if (options.temperature === 0) return mostLikely(adjusted);
  const tokens = ranked(adjusted, options.topK);
  const highest = adjusted[tokens[0]!]!;
  const weights = tokens.map((token) => exp(Math.max(-700, (adjusted[token]! - highest) / options.temperature)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let kept = 0;
  let keptWeight = 0;
  while (kept < tokens.length && (kept === 0 || keptWeight < options.topP * total)) keptWeight += weights[kept++]!;
  let remaining = draw * keptWeight;
  for (let i = 0; i < kept; i++) {
    remaining -= weights[i]!;
    if (remaining < 0) return tokens[i]!;
  }
  return tokens[kept - 1]!;
}
