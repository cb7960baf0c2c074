/**
 * Byte-level BPE over UTF-8: cut text into pieces, apply the merges to each. Ids: see vocabulary.ts.
 * Words repeat, so the ids of short pieces are kept in a bounded cache; it never changes a result.
 */
import type { MergeList } from "./mergeList.ts";
import { mergeLongPiece, mergeShortPiece, SHORT_PIECE_BYTES } from "./mergePiece.ts";
import { PieceTable } from "./pieceTable.ts";
import { pieceEnd } from "./preTokenizer.ts";
import { unknownId } from "./tokenizerError.ts";
import type { BpeTokenizerJson, StreamDecoder, Tokenizer } from "./types.ts";
import { utf8Bytes, utf8Decoder } from "./utf8.ts";
import { END_OF_TEXT_ID, FIRST_BYTE_ID } from "./vocabulary.ts";

/** Pieces kept; when full the cache starts anew. With at most 48 bytes and 48 ids each, it stays below 20 MB. */
const CACHED_PIECES = 1 << 16;

export class BpeTokenizer implements Tokenizer {
  readonly kind = "bpe";
  readonly endOfText: number = END_OF_TEXT_ID;
  readonly vocabularySize: number;
  readonly #merges: MergeList;
  readonly #cache: PieceTable = new PieceTable();
  /** Ids of cached piece i: cachedIds[cachedStarts[i]] .. cachedIds[cachedStarts[i + 1]]. */
  readonly #cachedStarts: Uint32Array = new Uint32Array(CACHED_PIECES + 1);
  #cachedIds: Uint32Array = new Uint32Array(4096);

  /** Takes ownership of `merges`, which must not grow any more. */
  constructor(merges: MergeList) {
    this.#merges = merges;
    this.vocabularySize = merges.vocabularySize;
  }

  encode(text: string): Uint32Array {
    const bytes = utf8Bytes(text);
    let ids: Uint32Array = new Uint32Array((bytes.length >> 1) + 16);
    let count = 0;
    for (let start = 0; start < bytes.length; ) {
      const end = pieceEnd(bytes, start, bytes.length);
      if (count + end - start > ids.length) ids = enlarged(ids, count + end - start);
      if (end - start === 1) ids[count++] = (bytes[start] as number) + FIRST_BYTE_ID;
      else if (end - start > SHORT_PIECE_BYTES)
        count += mergeLongPiece(this.#merges.pairs, { bytes, start, end }, ids, count);
      else count += this.#copyCached(this.#cachedPiece(bytes, start, end), ids, count);
      start = end;
    }
    return ids.slice(0, count);
  }

  decode(ids: Iterable<number>): string {
    let bytes: Uint8Array = new Uint8Array(1024);
    let length = 0;
    for (const id of ids) {
      const token = this.#bytesOf(id);
      if (length + token.length > bytes.length) {
        const larger = new Uint8Array(bytes.length * 2);
        larger.set(bytes);
        bytes = larger;
      }
      bytes.set(token, length);
      length += token.length;
    }
    return utf8Decoder().decode(bytes.subarray(0, length));
  }

  createDecoder(): StreamDecoder {
    const decoder = utf8Decoder();
    return {
      push: (id) => decoder.decode(this.#bytesOf(id), { stream: true }),
      end: () => decoder.decode(),
    };
  }

  toJson(): BpeTokenizerJson {
    const { pairs } = this.#merges;
    const merges = Array.from({ length: pairs.size }, (_, i) => [pairs.left(i), pairs.right(i)] as const);
    return { format: "neuroshard-tokenizer", version: 1, kind: "bpe", merges };
  }

  /** Number of the piece in the cache, where its ids now are. */
  #cachedPiece(bytes: Uint8Array, start: number, end: number): number {
    const newPiece = this.#cache.size;
    const piece = this.#cache.intern(bytes, start, end);
    if (piece !== newPiece) return piece;
    const from = this.#cachedStarts[piece] as number;
    if (from + SHORT_PIECE_BYTES > this.#cachedIds.length) this.#cachedIds = enlarged(this.#cachedIds, 0);
    const length = mergeShortPiece(this.#merges.pairs, { bytes, start, end }, this.#cachedIds, from);
    this.#cachedStarts[piece + 1] = from + length;
    return piece;
  }

  #copyCached(piece: number, ids: Uint32Array, count: number): number {
    const from = this.#cachedStarts[piece] as number;
    const length = (this.#cachedStarts[piece + 1] as number) - from;
    for (let i = 0; i < length; i++) ids[count + i] = this.#cachedIds[from + i] as number;
    if (piece + 1 === CACHED_PIECES) this.#cache.clear();
    return length;
  }

  #bytesOf(id: number): Uint8Array {
    if (!(Number.isInteger(id) && id >= 0 && id < this.vocabularySize)) throw unknownId(id, this.vocabularySize);
    return this.#merges.bytesOf(id);
  }
}

function enlarged(ids: Uint32Array, needed: number): Uint32Array {
  const larger = new Uint32Array(Math.max(ids.length * 2, needed));
  larger.set(ids);
  return larger;
}
