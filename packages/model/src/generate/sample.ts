/** Choosing the next token from logits. Exact: the same logits, options and draw give the same token on every machine. */
import { TokenRanking } from "./tokenRanking.ts";
import { tokenWeight } from "./tokenWeight.ts";

export interface SamplingOptions {
  /** 0 takes the most likely token; lower is more predictable. */
  readonly temperature: number;
  /** Only the k most likely tokens; 0 means all. */
  readonly topK: number;
  /** The most likely tokens that together have this probability (Holtzman et al. 2020). */
  readonly topP: number;
  /** Above 1, tokens seen before become less likely (Keskar et al. 2019). */
  readonly repetitionPenalty: number;
  /** Taken from the logit of every token that the model has written. */
  readonly presencePenalty: number;
  /** Taken from the logit of a token for each time that the model has written it. */
  readonly frequencyPenalty: number;
}

export const defaultSampling: SamplingOptions = {
  temperature: 0.8,
  topK: 40,
  topP: 1,
  repetitionPenalty: 1,
  presencePenalty: 0,
  frequencyPenalty: 0,
};

/** What penalties are for. */
export interface TokenHistory {
  /** The prompt, and what the model has written after it. */
  readonly tokens: readonly number[];
  readonly promptLength: number;
}

function penalized(logits: Float32Array, history: TokenHistory, options: SamplingOptions): Float64Array {
  const { repetitionPenalty, presencePenalty, frequencyPenalty } = options;
  const { tokens, promptLength } = history;
  const result = new Float64Array(logits);
  if (repetitionPenalty !== 1)
    for (const token of new Set(tokens)) {
      const logit = result[token]!;
      result[token] = logit > 0 ? logit / repetitionPenalty : logit * repetitionPenalty;
    }
  if (presencePenalty !== 0 || frequencyPenalty !== 0)
    for (const [token, times] of countsOf(tokens.slice(promptLength)))
      result[token]! -= presencePenalty + times * frequencyPenalty;
  return result;
}

function countsOf(tokens: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}

function mostLikely(logits: Float64Array): number {
  let best = 0;
  for (let i = 1; i < logits.length; i++) if (logits[i]! > logits[best]!) best = i;
  return best;
}

/** Tokens among which one is drawn, most likely first, each with its weight. */
class Candidates {
  readonly #logits: Float64Array;
  readonly #temperature: number;
  readonly #highest: number;
  readonly #ranking: TokenRanking;
  readonly #tokens: number[] = [];
  readonly #weights: number[] = [];

  constructor(logits: Float64Array, temperature: number) {
    this.#logits = logits;
    this.#temperature = temperature;
    this.#ranking = new TokenRanking(logits);
    this.#highest = logits[this.token(0)]!;
  }

  token(rank: number): number {
    while (this.#tokens.length <= rank) this.#tokens.push(this.#ranking.next());
    return this.#tokens[rank]!;
  }

  weight(rank: number): number {
    for (let next = this.#weights.length; next <= rank; next++) this.#weights.push(this.#weightOf(this.token(next)));
    return this.#weights[rank]!;
  }

  /** Of the first so many. */
  total(count: number): number {
    let total = 0;
    if (count === this.#logits.length) for (let token = 0; token < count; token++) total += this.#weightOf(token);
    else for (let rank = 0; rank < count; rank++) total += this.weight(rank);
    return total;
  }

  #weightOf(token: number): number {
    return tokenWeight((this.#logits[token]! - this.#highest) / this.#temperature);
  }
}

/** `draw` is uniform in [0, 1). */
export function sample(logits: Float32Array, options: SamplingOptions, draw: number, history: TokenHistory): number {
  const adjusted = penalized(logits, history, options);
  const { temperature, topK, topP } = options;
  if (temperature === 0) return mostLikely(adjusted);
  const candidates = new Candidates(adjusted, temperature);
  const most = topK > 0 ? Math.min(topK, adjusted.length) : adjusted.length;
  const total = candidates.total(most);
  const { kept, weight } = topP < 1 ? nucleus(candidates, most, topP * total) : { kept: most, weight: total };
  let remaining = draw * weight;
  let rank = 0;
  for (; rank < kept - 1; rank++) {
    remaining -= candidates.weight(rank);
    if (remaining < 0 || candidates.weight(rank + 1) === 0) break;
  }
  return candidates.token(rank);
}

/** The fewest of the most likely ones that reach the weight; one at least. */
function nucleus(candidates: Candidates, most: number, weight: number) {
  let kept = 1;
  let keptWeight = candidates.weight(0);
  while (kept < most && keptWeight < weight) keptWeight += candidates.weight(kept++);
  return { kept, weight: keptWeight };
}
