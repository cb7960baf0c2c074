/** Which windows of the training tokens an optimisation step sees: a pure function of (seed, step), so any step can be replayed alone. */
import { randomWords, type StreamKey } from "@neuroshard/tensor";
import { reduceWord, requireCount, streamKey } from "./counterStream.ts";

export interface SampleRequest {
  /** An integer below 2^53. */
  readonly seed: number;
  /** Optimisation step, counted from 0 over the whole run; below 2^32. */
  readonly step: number;
  /** Windows in the batch, at most 2^24. */
  readonly batch: number;
  /** Tokens a window predicts; it reads one more. */
  readonly context: number;
  /** Length of the training part in tokens; at most 2^32. */
  readonly tokens: number;
}

/** Counter distance between the attempts for one sample: samples take the 24 bits below it. */
const attemptUnit = 2 ** 24;

/**
 * Start offsets of the step's windows, drawn with replacement; every possible start has the same chance.
 * Throws RangeError when the tokens hold no window or an argument is out of its range.
 */
export function sampleOffsets({ seed, step, batch, context, tokens }: SampleRequest): Uint32Array {
  const starts = tokens - context;
  if (!(starts >= 1 && tokens <= 2 ** 32)) {
    throw new RangeError(`${tokens} tokens hold no window of ${context} + 1 tokens`);
  }
  const key = streamKey(seed, "dataOrder");
  requireCount(step, 2 ** 32, "the step");
  requireCount(batch, attemptUnit + 1, "the batch size");
  return Uint32Array.from({ length: batch }, (_, sample) => drawOffset(key, step, sample, starts));
}

function drawOffset(key: StreamKey, step: number, sample: number, starts: number): number {
  for (let minor = sample; ; minor += attemptUnit) {
    for (const word of randomWords(key, step, minor)) {
      const offset = reduceWord(word, starts);
      if (offset !== undefined) return offset;
    }
  }
}
