/** Entry to the tokenizers: the interface, and how a stored tokenizer is read, whatever its kind. */
import { BpeTokenizer } from "./bpeTokenizer.ts";
import { CharacterTokenizer } from "./characters.ts";
import { MergeList } from "./mergeList.ts";
import { TokenizerError } from "./tokenizerError.ts";
import type { Tokenizer } from "./types.ts";
import { FIRST_BYTE_ID, FIRST_MERGE_ID, MAX_TOKEN_BYTES, MAX_VOCABULARY_SIZE } from "./vocabulary.ts";

export type { BpeTokenizerJson, CharacterTokenizerJson, StreamDecoder, Tokenizer, TokenizerJson } from "./types.ts";

/** Reads what `toJson` gave. The input is not trusted. Throws TokenizerError INVALID_TOKENIZER naming the first fault. */
export function tokenizerFromJson(json: unknown): Tokenizer {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw invalid("the top level", "an object", json);
  const { format, version, kind, merges, characters } = json as Readonly<Record<string, unknown>>;
  if (format !== "neuroshard-tokenizer") throw invalid("format", '"neuroshard-tokenizer"', format);
  if (version !== 1) throw invalid("version", "1", version);
  if (kind === "bpe") return new BpeTokenizer(readMerges(merges));
  if (kind === "characters") return new CharacterTokenizer(readCharacters(characters));
  throw invalid("kind", '"bpe" or "characters"', kind);
}

function readMerges(merges: unknown): MergeList {
  if (!Array.isArray(merges)) throw invalid("merges", "an array", merges);
  const most = MAX_VOCABULARY_SIZE - FIRST_MERGE_ID;
  if (merges.length > most) throw invalid("merges", `at most ${most} merges`, merges.length);
  const list = new MergeList();
  merges.forEach((merge: unknown, i) => {
    const where = `merges[${i}]`;
    const isToken = (id: unknown): id is number =>
      Number.isInteger(id) && (id as number) >= FIRST_BYTE_ID && (id as number) < list.vocabularySize;
    if (!Array.isArray(merge) || merge.length !== 2) throw invalid(where, "two token ids", merge);
    const [left, right] = merge as unknown[];
    if (!isToken(left) || !isToken(right)) {
      throw invalid(
        where,
        `two ids of bytes or earlier merges (${FIRST_BYTE_ID} to ${list.vocabularySize - 1})`,
        merge,
      );
    }
    const outcome = list.add(left, right);
    if (outcome === "too-long") throw invalid(where, `a token of at most ${MAX_TOKEN_BYTES} bytes`, merge);
    if (outcome === "duplicate") throw invalid(where, "bytes that no earlier token stands for", merge);
  });
  return list;
}

function readCharacters(characters: unknown): number[] {
  if (typeof characters !== "string") throw invalid("characters", "a string", characters);
  if (characters === "") throw invalid("characters", "at least one character", characters);
  if (!characters.isWellFormed()) throw invalid("characters", "valid Unicode", characters);
  const codePoints = Array.from(characters, (character) => character.codePointAt(0) as number);
  codePoints.forEach((codePoint, i) => {
    const before = codePoints[i - 1] ?? -1;
    if (codePoint <= before)
      throw invalid(`characters, code point ${i}`, "ascending, distinct code points", [before, codePoint]);
  });
  return codePoints;
}

function invalid(where: string, expected: string, found: unknown): TokenizerError {
  const shown = JSON.stringify(found)?.slice(0, 80) ?? String(found);
  return new TokenizerError(
    "INVALID_TOKENIZER",
    `The stored tokenizer is not valid: ${where} must be ${expected}, but is ${shown}. Restore the file, or train the tokenizer again.`,
    { where, found },
  );
}
