/** Which windows of the training tokens an optimisation step sees: a pure function of (seed, step), so any step can be replayed alone. */
import { philox4x32 } from "@neuroshard/tensor";
import { randomPurpose, reduceWord, wordsOf } from "./counterStream.ts";

export interface SampleRequest {
  readonly seed: number;
  /** Optimisation step, counted from 0 over the whole run. */
  readonly step: number;
  /** Windows in the batch. */
  readonly batch: number;
  /** Tokens a window predicts; it reads one more. */
  readonly context: number;
  /** Length of the training part in tokens, at most 2^32. */
  readonly tokens: number;
}

/** Retries sit above the 21 high bits of the step in the second counter word. */
const attemptUnit = 1 << 24;

/**
 * Start offsets of the step's windows, drawn with replacement; every possible start has the same chance.
 * Throws RangeError when the tokens hold no window.
 */
export function sampleOffsets({ seed, step, batch, context, tokens }: SampleRequest): Uint32Array {
  const starts = tokens - context;
  if (!(starts >= 1 && starts <= 2 ** 32)) {
    throw new RangeError(`${tokens} tokens hold no window of ${context} + 1 tokens`);
  }
  const key = wordsOf(seed, "seed");
  const stepWords = wordsOf(step, "step");
  return Uint32Array.from({ length: batch }, (_, sample) => drawOffset({ key, stepWords, sample, starts }));
}

interface Draw {
  readonly key: readonly [number, number];
  readonly stepWords: readonly [number, number];
  readonly sample: number;
  readonly starts: number;
}

function drawOffset({ key, stepWords: [stepLow, stepHigh], sample, starts }: Draw): number {
  for (let attempt = 0; ; attempt++) {
    const words = philox4x32(...key, stepLow, stepHigh + attempt * attemptUnit, sample, randomPurpose.samples);
    for (const word of words) {
      const offset = reduceWord(word, starts);
      if (offset !== undefined) return offset;
    }
  }
}
