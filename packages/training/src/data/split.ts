/** The fixed division of a token stream into a part to learn from and a part to be tested on. */
import { DataError } from "./dataError.ts";
import type { TokenArray } from "./tokens.ts";

/** Named in every manifest, so that data split by another rule can never be mistaken for this one. */
export const splitRule = "first-90-percent-train";

export interface Split {
  readonly train: TokenArray;
  readonly validation: TokenArray;
}

/** The first floor(0.9 n) tokens train, in integers: for every n the value of Python's int(0.9 * n), the published split. */
export function trainTokenCount(tokens: number): number {
  return tokens - Math.ceil(tokens / 10);
}

/** Views (not copies) of both parts. */
export function splitTokens(tokens: TokenArray): Split {
  const boundary = trainTokenCount(tokens.length);
  return { train: tokens.subarray(0, boundary), validation: tokens.subarray(boundary) };
}

/**
 * Refuses data that cannot feed a run: after the split the training part must hold two windows of `context` + 1 tokens
 * and the validation part one. Throws DataError TOO_SMALL.
 */
export function requireWindows(split: Split, context: number, sourceName: string): void {
  const window = context + 1;
  const { length: train } = split.train;
  const { length: validation } = split.validation;
  if (train >= 2 * window && validation >= window) return;
  const tokens = train + validation;
  const required = 10 * window;
  throw new DataError({
    code: "TOO_SMALL",
    cause: `${sourceName} has only ${tokens} tokens, too few for a context of ${context}`,
    remedy: `use a text of at least ${required} tokens, or a preset with a shorter context`,
    data: { tokens, required, context },
  });
}
