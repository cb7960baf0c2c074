/** Byte-level BPE in the plainest form: recounts everything for every merge. Only for comparison on small texts. */
import { PRE_TOKENIZER_PATTERN } from "../../src/tokenizer/preTokenizer.ts";
import { FIRST_BYTE_ID, FIRST_MERGE_ID } from "../../src/tokenizer/vocabulary.ts";

type Merge = readonly [left: number, right: number];

export function referencePieces(text: string): string[] {
  return text.match(new RegExp(PRE_TOKENIZER_PATTERN, "gu")) ?? [];
}

function bytesAsIds(piece: string): number[] {
  return Array.from(new TextEncoder().encode(piece), (byte) => byte + FIRST_BYTE_ID);
}

/** Joins `merge` wherever it stands, from left to right. */
function applied(ids: readonly number[], [left, right]: Merge, joined: number): number[] {
  const result: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] === left && ids[i + 1] === right) {
      result.push(joined);
      i += 1;
    } else result.push(ids[i] as number);
  }
  return result;
}

export function referenceEncode(merges: readonly Merge[], text: string): number[] {
  return referencePieces(text).flatMap((piece) =>
    merges.reduce((ids, merge, i) => applied(ids, merge, FIRST_MERGE_ID + i), bytesAsIds(piece)),
  );
}

export function referenceMerges(texts: readonly string[], mergeCount: number, minFrequency: number): Merge[] {
  let pieces = texts.flatMap(referencePieces).map(bytesAsIds);
  const merges: Merge[] = [];
  const bytesOf = new Map<number, string>(
    Array.from({ length: 256 }, (_, byte) => [FIRST_BYTE_ID + byte, `${byte} `] as const),
  );
  while (merges.length < mergeCount) {
    const taken = new Set(bytesOf.values());
    const best = countedPairs(pieces)
      .filter(({ merge: [left, right], count }) => {
        return count >= minFrequency && !taken.has(`${bytesOf.get(left)}${bytesOf.get(right)}`);
      })
      .sort((a, b) => b.count - a.count || a.merge[0] - b.merge[0] || a.merge[1] - b.merge[1])[0];
    if (best === undefined) break;
    const id = FIRST_MERGE_ID + merges.length;
    merges.push(best.merge);
    bytesOf.set(id, `${bytesOf.get(best.merge[0])}${bytesOf.get(best.merge[1])}`);
    pieces = pieces.map((piece) => applied(piece, best.merge, id));
  }
  return merges;
}

/** In a run of equal ids, every adjacent pair counts. */
function countedPairs(pieces: readonly number[][]): { merge: Merge; count: number }[] {
  const counted = new Map<string, { merge: Merge; count: number }>();
  for (const piece of pieces) {
    for (let i = 0; i + 1 < piece.length; i++) {
      const merge: Merge = [piece[i] as number, piece[i + 1] as number];
      const entry = counted.get(merge.join()) ?? { merge, count: 0 };
      entry.count += 1;
      counted.set(merge.join(), entry);
    }
  }
  return [...counted.values()];
}
