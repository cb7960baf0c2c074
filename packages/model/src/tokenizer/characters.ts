/** Character-level tokenizer: the vocabulary is the sorted set of code points of a text. No special tokens, no unknown. */
import { TokenizerError, unknownId } from "./tokenizerError.ts";
import type { CharacterTokenizerJson, StreamDecoder, Tokenizer } from "./types.ts";

const NOT_IN_VOCABULARY = -1;

/**
 * Tokenizer whose ids number the distinct code points of `texts` in ascending order.
 * Throws TokenizerError EMPTY_TEXT, MALFORMED_TEXT.
 */
export function trainCharacters(texts: Iterable<string> | string): Tokenizer {
  const seen = new Set<number>();
  for (const text of typeof texts === "string" ? [texts] : texts) {
    for (let index = 0; index < text.length; ) {
      const codePoint = text.codePointAt(index) as number;
      if (isSurrogate(codePoint)) {
        throw new TokenizerError(
          "MALFORMED_TEXT",
          `The text holds a lone surrogate (${codePointName(codePoint)}) at index ${index}; it is not valid Unicode.`,
          { index, codePoint },
        );
      }
      seen.add(codePoint);
      index += codePoint > 0xffff ? 2 : 1;
    }
  }
  if (seen.size === 0)
    throw new TokenizerError("EMPTY_TEXT", "There is no text to take characters from; give at least one character.");
  return new CharacterTokenizer([...seen].sort((a, b) => a - b));
}

export class CharacterTokenizer implements Tokenizer {
  readonly kind = "characters";
  readonly endOfText: number = -1;
  readonly vocabularySize: number;
  readonly #characters: readonly string[];
  /** Id by code point. */
  readonly #ids: Int32Array;

  /** `codePoints`: at least one, ascending, distinct, no surrogates. */
  constructor(codePoints: readonly number[]) {
    this.vocabularySize = codePoints.length;
    this.#characters = codePoints.map((codePoint) => String.fromCodePoint(codePoint));
    this.#ids = new Int32Array((codePoints.at(-1) as number) + 1).fill(NOT_IN_VOCABULARY);
    codePoints.forEach((codePoint, id) => {
      this.#ids[codePoint] = id;
    });
  }

  encode(text: string): Uint32Array {
    const ids = new Uint32Array(text.length);
    let count = 0;
    for (let index = 0; index < text.length; ) {
      const codePoint = text.codePointAt(index) as number;
      const id = this.#ids[codePoint] ?? NOT_IN_VOCABULARY;
      if (id === NOT_IN_VOCABULARY) throw unknownCharacter(codePoint, index);
      ids[count++] = id;
      index += codePoint > 0xffff ? 2 : 1;
    }
    return count === ids.length ? ids : ids.slice(0, count);
  }

  decode(ids: Iterable<number>): string {
    let text = "";
    for (const id of ids) text += this.#characterOf(id);
    return text;
  }

  createDecoder(): StreamDecoder {
    return { push: (id) => this.#characterOf(id), end: () => "" };
  }

  toJson(): CharacterTokenizerJson {
    return { format: "neuroshard-tokenizer", version: 1, kind: "characters", characters: this.#characters.join("") };
  }

  #characterOf(id: number): string {
    const character = this.#characters[id];
    if (character === undefined) throw unknownId(id, this.vocabularySize);
    return character;
  }
}

function isSurrogate(codePoint: number): boolean {
  return codePoint >= 0xd800 && codePoint <= 0xdfff;
}

function codePointName(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
}

function unknownCharacter(codePoint: number, index: number): TokenizerError {
  const character = String.fromCodePoint(codePoint);
  return new TokenizerError(
    "UNKNOWN_CHARACTER",
    `The character ${JSON.stringify(character)} (${codePointName(codePoint)}) at index ${index} is not in the vocabulary; ` +
      "leave it out, or train with a text that holds it or with the bpe tokenizer.",
    { character, codePoint, index },
  );
}
