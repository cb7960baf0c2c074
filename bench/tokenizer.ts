/** Speed of the byte-level BPE tokenizer: learning 4096 merges, and encoding with an empty cache. */
import { trainBpe } from "@neuroshard/model";

const MERGES = 4096;
const RUNS = 3;

export interface TokenizerSpeed {
  /** Megabytes (10^6 bytes of UTF-8) of training text per second. */
  readonly trainMegabytesPerSecond: number;
  /** Megabytes (10^6 bytes of UTF-8) of text per second. */
  readonly encodeMegabytesPerSecond: number;
}

/** Median of three runs, each with a new tokenizer, so that no run finds the words of `text` in the cache. */
export async function benchTokenizer(text: string): Promise<TokenizerSpeed> {
  const megabytes = new TextEncoder().encode(text).length / 1e6;
  const trainSeconds: number[] = [];
  const encodeSeconds: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    const tokenizer = trainBpe(text, { vocabularySize: 266 + MERGES });
    const trained = performance.now();
    tokenizer.encode(text);
    trainSeconds.push((trained - start) / 1e3);
    encodeSeconds.push((performance.now() - trained) / 1e3);
  }
  return {
    trainMegabytesPerSecond: megabytes / median(trainSeconds),
    encodeMegabytesPerSecond: megabytes / median(encodeSeconds),
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}
