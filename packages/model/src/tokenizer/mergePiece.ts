/**
 * Applies merges to one piece: always the earliest-learned merge that fits, leftmost first, until none fits.
 * `mergeShortPiece` scans for the next merge and is fastest for words; `mergeLongPiece` keeps candidates in a heap, so that
 * a piece of n bytes costs O(n log n). Both give the same ids.
 */
import { NumberHeap } from "./numberHeap.ts";
import type { PairTable } from "./pairTable.ts";
import { FIRST_BYTE_ID, FIRST_MERGE_ID } from "./vocabulary.ts";

/** Above this many bytes the heap wins over scanning. */
export const SHORT_PIECE_BYTES = 48;

const NO_MERGE = 0x7fffffff;
const CONSUMED = -1;
/** A heap key is merge * POSITION_RANGE + position: the earlier merge first, then the leftmost place. */
const POSITION_RANGE = 2 ** 32;

const shortIds = new Int32Array(SHORT_PIECE_BYTES);
const shortMerges = new Int32Array(SHORT_PIECE_BYTES);

/** Where a piece stands: bytes[start] .. bytes[end]. */
export interface PieceSpan {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Writes the ids of a piece of at most SHORT_PIECE_BYTES bytes to out[outAt...]; returns how many. */
export function mergeShortPiece(
  merges: PairTable,
  { bytes, start, end }: PieceSpan,
  out: Uint32Array,
  outAt: number,
): number {
  let length = end - start;
  for (let i = 0; i < length; i++) shortIds[i] = (bytes[start + i] as number) + FIRST_BYTE_ID;
  for (let i = 0; i + 1 < length; i++) shortMerges[i] = mergeAt(merges, i);
  for (;;) {
    let best = NO_MERGE;
    let at = 0;
    for (let i = 0; i + 1 < length; i++) {
      const merge = shortMerges[i] as number;
      if (merge < best) {
        best = merge;
        at = i;
      }
    }
    if (best === NO_MERGE) break;
    shortIds[at] = best + FIRST_MERGE_ID;
    length -= 1;
    for (let i = at + 1; i < length; i++) {
      shortIds[i] = shortIds[i + 1] as number;
      shortMerges[i] = shortMerges[i + 1] as number;
    }
    if (at + 1 < length) shortMerges[at] = mergeAt(merges, at);
    if (at > 0) shortMerges[at - 1] = mergeAt(merges, at - 1);
  }
  for (let i = 0; i < length; i++) out[outAt + i] = shortIds[i] as number;
  return length;
}

function mergeAt(merges: PairTable, at: number): number {
  const merge = merges.find(shortIds[at] as number, shortIds[at + 1] as number);
  return merge < 0 ? NO_MERGE : merge;
}

/** Writes the ids of a piece of any length to out[outAt...]; returns how many. */
export function mergeLongPiece(
  merges: PairTable,
  { bytes, start, end }: PieceSpan,
  out: Uint32Array,
  outAt: number,
): number {
  const count = end - start;
  const ids = new Int32Array(count);
  // Neighbours as a linked list over positions; `count` and -1 stand for the two ends.
  const nextOf = new Int32Array(count);
  const previousOf = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    ids[i] = (bytes[start + i] as number) + FIRST_BYTE_ID;
    nextOf[i] = i + 1;
    previousOf[i] = i - 1;
  }
  const candidates = new NumberHeap(count);
  const offer = (at: number): void => {
    const next = nextOf[at] as number;
    if (next >= count) return;
    const merge = merges.find(ids[at] as number, ids[next] as number);
    if (merge >= 0) candidates.push(merge * POSITION_RANGE + at);
  };
  for (let i = 0; i < count; i++) offer(i);
  for (let key = candidates.pop(); key !== undefined; key = candidates.pop()) {
    const at = key % POSITION_RANGE;
    const merge = (key - at) / POSITION_RANGE;
    const next = nextOf[at] as number;
    // A merge since the offer may have changed or consumed either side.
    if (next >= count || ids[at] !== merges.left(merge) || ids[next] !== merges.right(merge)) continue;
    ids[at] = merge + FIRST_MERGE_ID;
    ids[next] = CONSUMED;
    const after = nextOf[next] as number;
    nextOf[at] = after;
    if (after < count) previousOf[after] = at;
    offer(at);
    if (at > 0) offer(previousOf[at] as number);
  }
  let written = 0;
  for (let i = 0; i < count; i = nextOf[i] as number) out[outAt + written++] = ids[i] as number;
  return written;
}
