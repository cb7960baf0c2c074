/** The fixed part of the byte-level vocabulary: special tokens, then the 256 bytes, then merges in learned order. */

export const PADDING_ID = 0;
export const BEGIN_OF_TEXT_ID = 1;
export const END_OF_TEXT_ID = 2;
export const UNKNOWN_ID = 3;

/** Special tokens by id. Names appear in exports only; `encode` never looks for them in text. */
export const SPECIAL_TOKENS: readonly string[] = [
  "<|pad|>",
  "<|bos|>",
  "<|eos|>",
  "<|unk|>",
  "<|reserved_4|>",
  "<|reserved_5|>",
  "<|reserved_6|>",
  "<|reserved_7|>",
  "<|reserved_8|>",
  "<|reserved_9|>",
];

/** Byte b has id FIRST_BYTE_ID + b. */
export const FIRST_BYTE_ID = 10;
/** Merge i has id FIRST_MERGE_ID + i. */
export const FIRST_MERGE_ID = FIRST_BYTE_ID + 256;

/** Bound on stored and requested vocabularies; also keeps (id, position) exact in one float64. */
export const MAX_VOCABULARY_SIZE = 1 << 20;
/** Bound on one token: twenty merges that double each other would otherwise fill the memory. */
export const MAX_TOKEN_BYTES = 256;
