/** Token by token from a prompt. Seeded: the draw of token n is a function of the seed and n. */
import { randomUnit } from "@neuroshard/tensor";
import type { DecodeSession } from "./decodeSession.ts";
import { type SamplingOptions, sample } from "./sample.ts";

export interface GenerationOptions {
  readonly maxTokens: number;
  readonly seed: number;
  readonly sampling: SamplingOptions;
  /** A token that ends the text; -1 for none. */
  readonly endOfText: number;
}

/**
 * Yields tokens until the end of the text or maxTokens. Where the context is full, the model goes on from the last half
 * of what it has seen. An empty prompt starts from `endOfText`, or token 0 where there is none.
 */
export function* generateTokens(
  session: DecodeSession,
  prompt: readonly number[],
  { maxTokens, seed, sampling, endOfText }: GenerationOptions,
): Generator<number> {
  const { context } = session.config;
  const seen = prompt.length > 0 ? [...prompt] : [Math.max(0, endOfText)];
  const history = { tokens: seen, promptLength: seen.length };
  session.reset();
  let fresh = seen.slice(-context);
  for (let n = 0; n < maxTokens; n++) {
    if (session.length + fresh.length > context) {
      session.reset();
      fresh = seen.slice(-Math.ceil(context / 2));
    }
    const logits = session.feed(fresh);
    const token = sample(logits, sampling, randomUnit({ seed, purpose: "sampling" }, 0, n), history);
    if (token === endOfText) return;
    yield token;
    seen.push(token);
    fresh = [token];
  }
}
