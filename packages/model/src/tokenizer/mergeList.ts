/** The merges of a byte-level vocabulary and the bytes of each token. Every token stands for different bytes. */
import { PairTable } from "./pairTable.ts";
import { PieceTable } from "./pieceTable.ts";
import { FIRST_BYTE_ID, FIRST_MERGE_ID, MAX_TOKEN_BYTES } from "./vocabulary.ts";

const NO_BYTES = new Uint8Array(0);

export class MergeList {
  /** Pair i joins into id FIRST_MERGE_ID + i. Read only; `add` is the way in. */
  readonly pairs: PairTable = new PairTable();
  /** Token id has number id - FIRST_BYTE_ID. */
  readonly #tokens: PieceTable = new PieceTable();
  readonly #joined: Uint8Array = new Uint8Array(MAX_TOKEN_BYTES);

  constructor() {
    for (let byte = 0; byte < 256; byte++) this.#tokens.intern(Uint8Array.of(byte), 0, 1);
  }

  get vocabularySize(): number {
    return FIRST_MERGE_ID + this.pairs.size;
  }

  /** The bytes of a token, none for special tokens; a view, valid until the next `add`. 0 <= id < vocabularySize. */
  bytesOf(id: number): Uint8Array {
    return id < FIRST_BYTE_ID ? NO_BYTES : this.#tokens.bytesOf(id - FIRST_BYTE_ID);
  }

  /**
   * Adds the merge of two ids that are bytes or earlier merges, unless its bytes are a token already (two ids for one
   * string could not be told apart in a Hugging Face vocabulary) or exceed MAX_TOKEN_BYTES.
   */
  add(left: number, right: number): "added" | "duplicate" | "too-long" {
    const leftBytes = this.bytesOf(left);
    const rightBytes = this.bytesOf(right);
    const length = leftBytes.length + rightBytes.length;
    if (length > MAX_TOKEN_BYTES) return "too-long";
    this.#joined.set(leftBytes);
    this.#joined.set(rightBytes, leftBytes.length);
    const newNumber = this.#tokens.size;
    if (this.#tokens.intern(this.#joined, 0, length) !== newNumber) return "duplicate";
    this.pairs.intern(left, right);
    return "added";
  }
}
