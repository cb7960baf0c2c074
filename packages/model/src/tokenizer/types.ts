/** What every tokenizer offers, and the form in which it is stored. Types only. */

export interface Tokenizer {
  readonly kind: "bpe" | "characters";
  /** Ids are 0 .. vocabularySize - 1. */
  readonly vocabularySize: number;
  /** Id that ends a document, or -1 where the vocabulary has none. */
  readonly endOfText: number;
  /**
   * Text to ids, without begin or end marks. Special tokens are never recognised inside text: what a user types stays text.
   * Throws TokenizerError MALFORMED_TEXT for a lone surrogate and, for characters, UNKNOWN_CHARACTER.
   */
  encode(text: string): Uint32Array;
  /** Ids to text. Special tokens give nothing, broken UTF-8 gives U+FFFD. Throws TokenizerError UNKNOWN_ID. */
  decode(ids: Iterable<number>): string;
  /** For text that arrives token by token. */
  createDecoder(): StreamDecoder;
  toJson(): TokenizerJson;
}

/** The pieces it returns, joined, are what `decode` gives for the same ids. One decoder serves one text. */
export interface StreamDecoder {
  /** Takes one id; returns the characters it completes, possibly none. Throws TokenizerError UNKNOWN_ID. */
  push(id: number): string;
  /** Closes the text; returns U+FFFD for a character that never became complete. */
  end(): string;
}

export type TokenizerJson = BpeTokenizerJson | CharacterTokenizerJson;

export interface BpeTokenizerJson {
  readonly format: "neuroshard-tokenizer";
  readonly version: 1;
  readonly kind: "bpe";
  /** Merge i joins these two ids into id 266 + i. */
  readonly merges: readonly (readonly [left: number, right: number])[];
}

export interface CharacterTokenizerJson {
  readonly format: "neuroshard-tokenizer";
  readonly version: 1;
  readonly kind: "characters";
  /** The vocabulary: code points in ascending order, id = position. */
  readonly characters: string;
}
