/** The one error of the tokenizers: a code to branch on, a sentence to show, and the data behind it. */

export type TokenizerErrorCode =
  /** An option of a trainer is out of range. Data: option, value. */
  | "INVALID_OPTION"
  /** A stored tokenizer cannot be read. Data: where, found. */
  | "INVALID_TOKENIZER"
  /** The text to learn a vocabulary from has no characters. */
  | "EMPTY_TEXT"
  /** A string holds half of a surrogate pair, so it has no UTF-8 form. Data: index, codePoint. */
  | "MALFORMED_TEXT"
  /** A character is not in the vocabulary. Data: character, codePoint, index. */
  | "UNKNOWN_CHARACTER"
  /** An id to decode is not in the vocabulary. Data: id, vocabularySize. */
  | "UNKNOWN_ID";

export class TokenizerError extends Error {
  override readonly name = "TokenizerError";
  readonly code: TokenizerErrorCode;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: TokenizerErrorCode, message: string, data: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** The error for an id outside the vocabulary, the same for every kind of tokenizer. */
export function unknownId(id: number, vocabularySize: number): TokenizerError {
  return new TokenizerError(
    "UNKNOWN_ID",
    `Token id ${id} is not in the vocabulary of ${vocabularySize} tokens; use the tokenizer the ids were made with.`,
    { id, vocabularySize },
  );
}
