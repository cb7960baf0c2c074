/** How likely the model held tokens to be, by its logits as they are: before temperature and penalties. */
import { log } from "@neuroshard/tensor";
import { TokenRanking } from "./tokenRanking.ts";
import { tokenWeight } from "./tokenWeight.ts";

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

export function logProbabilities(logits: Float32Array, token: number, topCount: number): LogProbabilities {
  const values = new Float64Array(logits);
  let highest = values[0]!;
  for (const value of values) if (value > highest) highest = value;
  let total = 0;
  for (const value of values) total += tokenWeight(value - highest);
  const logTotal = highest + log(total);
  const of = (id: number): TokenLogProbability => ({ token: id, logProbability: values[id]! - logTotal });
  if (topCount === 0) return { chosen: of(token), top: [] };
  const ranking = new TokenRanking(values);
  const count = Math.min(topCount, values.length);
  return { chosen: of(token), top: Array.from({ length: count }, () => of(ranking.next())) };
}
