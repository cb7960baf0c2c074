/**
 * Learns a byte-level BPE vocabulary: again and again the most frequent adjacent pair becomes a token (Gage 1994; Sennrich
 * et al. 2016). The result depends on the texts and options only: counts are integers, ties go to the smaller pair of ids.
 * Cost: linear in the text to count its pieces, then in the occurrences of each merged pair among the distinct pieces.
 */
import { BpeTokenizer } from "./bpeTokenizer.ts";
import { MergeList } from "./mergeList.ts";
import { PairCounts } from "./pairCounts.ts";
import { PairHeap } from "./pairHeap.ts";
import { PieceTable } from "./pieceTable.ts";
import { pieceEnd } from "./preTokenizer.ts";
import { TokenizerError } from "./tokenizerError.ts";
import type { Tokenizer } from "./types.ts";
import { utf8Bytes } from "./utf8.ts";
import { FIRST_MERGE_ID, MAX_VOCABULARY_SIZE } from "./vocabulary.ts";

export interface TrainBpeOptions {
  /** Most tokens wanted, 266 .. 1,048,576, the 266 special and byte tokens included. */
  readonly vocabularySize: number;
  /** A pair seen fewer times than this is not merged. At least 1; default 2. */
  readonly minFrequency?: number;
}

/**
 * Tokenizer for `texts`, one string or several documents (no merge is learned across two). The vocabulary is smaller than
 * asked for when pairs run out. Throws TokenizerError INVALID_OPTION, EMPTY_TEXT, MALFORMED_TEXT.
 */
export function trainBpe(texts: Iterable<string> | string, options: TrainBpeOptions): Tokenizer {
  const { vocabularySize, minFrequency = 2 } = options;
  requireInteger("vocabularySize", vocabularySize, FIRST_MERGE_ID, MAX_VOCABULARY_SIZE);
  requireInteger("minFrequency", minFrequency, 1, Number.MAX_SAFE_INTEGER);

  const { pieces, weights } = countPieces(typeof texts === "string" ? [texts] : texts);
  const counts = new PairCounts(pieces, weights);
  const queue = new PairHeap(counts.pairs);
  const enqueueFrom = (first: number): void => {
    for (let pair = first; pair < counts.pairs.size; pair++) {
      if (counts.countOf(pair) >= minFrequency) queue.push(pair, counts.countOf(pair));
    }
  };
  enqueueFrom(0);

  const merges = new MergeList();
  while (merges.vocabularySize < vocabularySize) {
    const candidate = queue.pop();
    if (candidate === undefined) break;
    const { pair } = candidate;
    const count = counts.countOf(pair);
    if (count !== candidate.count) {
      // Counts only fall once a pair is queued, so the first entry that is up to date is the maximum.
      if (count >= minFrequency) queue.push(pair, count);
      continue;
    }
    const id = merges.vocabularySize;
    if (merges.add(counts.pairs.left(pair), counts.pairs.right(pair)) !== "added") continue;
    const firstNewPair = counts.pairs.size;
    counts.merge(pair, id);
    enqueueFrom(firstNewPair);
  }
  return new BpeTokenizer(merges);
}

/** The distinct pieces that can hold a pair, and how often each occurs. */
function countPieces(texts: Iterable<string>): { pieces: PieceTable; weights: Float64Array } {
  const pieces = new PieceTable();
  let weights = new Float64Array(1024);
  let isEmpty = true;
  for (const text of texts) {
    const bytes = utf8Bytes(text);
    if (bytes.length > 0) isEmpty = false;
    for (let start = 0; start < bytes.length; ) {
      const end = pieceEnd(bytes, start, bytes.length);
      if (end - start > 1) {
        const piece = pieces.intern(bytes, start, end);
        if (piece === weights.length) {
          const larger = new Float64Array(weights.length * 2);
          larger.set(weights);
          weights = larger;
        }
        weights[piece] = (weights[piece] as number) + 1;
      }
      start = end;
    }
  }
  if (isEmpty)
    throw new TokenizerError("EMPTY_TEXT", "There is no text to learn a vocabulary from; give at least one character.");
  return { pieces, weights };
}

function requireInteger(option: string, value: number, lowest: number, highest: number): void {
  if (Number.isInteger(value) && value >= lowest && value <= highest) return;
  throw new TokenizerError(
    "INVALID_OPTION",
    `${option} must be an integer from ${lowest} to ${highest}, but is ${value}.`,
    {
      option,
      value,
    },
  );
}
