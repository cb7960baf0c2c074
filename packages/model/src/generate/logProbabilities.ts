/** How likely the model held tokens to be, by its logits as they are: before temperature and penalties. */
import { exp, log } from "@neuroshard/tensor";
import { TokenRanking } from "./tokenRanking.ts";

export interface TokenLogProbability {
  readonly token: number;
  /** Natural logarithm of the probability. */
  readonly logProbability: number;
}

export interface LogProbabilities {
  readonly chosen: TokenLogProbability;
  /** The most likely tokens, most likely first. */
  readonly top: readonly TokenLogProbability[];
}

/** Below this a probability adds nothing to a sum that is at least 1. */
const LEAST_EXPONENT = -44;

export function logProbabilities(logits: Float32Array, token: number, topCount: number): LogProbabilities {
  const values = Float64Array.from(logits);
  let highest = values[0]!;
  for (const value of values) if (value > highest) highest = value;
  let total = 0;
  for (const value of values) if (value - highest > LEAST_EXPONENT) total += exp(value - highest);
  const logTotal = highest + log(total);
  const of = (id: number): TokenLogProbability => ({ token: id, logProbability: values[id]! - logTotal });
  if (topCount === 0) return { chosen: of(token), top: [] };
  const ranking = new TokenRanking(values);
  const count = Math.min(topCount, values.length);
  return { chosen: of(token), top: Array.from({ length: count }, () => of(ranking.next())) };
}
