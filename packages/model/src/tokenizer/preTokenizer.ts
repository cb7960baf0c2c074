/**
 * Cuts UTF-8 text into pieces; merges never cross a cut. A piece is the first of these that fits:
 *   1. an English contraction ('s 't 'd 'm 'll 're 've) that ends its word;
 *   2. a run of letters, with one space before it if there is one;
 *   3. one digit, with one space before it if there is one;
 *   4. a run of symbols, with one space before it if there is one;
 *   5. a run of blanks, less the last space if a letter, digit or symbol follows.
 * Letters are A-Z, a-z and every other character that is not named here. Symbols are the rest of ASCII and the blocks that
 * hold nearly all other punctuation: U+0080-00BF, U+2000-207F, U+3000-303F, U+FF00-FF3F. Blanks are U+0009-000D and the
 * space. No Unicode table is needed, so every implementation and every Unicode version cuts alike.
 */

const LETTER = "[^\\x00-@\\[-\\x60{-\\u00bf\\u2000-\\u207f\\u3000-\\u303f\\uff00-\\uff3f]";
const SYMBOL = "[\\x00-\\x08\\x0e-\\x1f!-/:-@\\[-\\x60{-\\u00bf\\u2000-\\u207f\\u3000-\\u303f\\uff00-\\uff3f]";
const BLANK = "[\\t-\\r ]";

/** The same rule as a regular expression whose successive matches are the pieces (JavaScript, Oniguruma). */
export const PRE_TOKENIZER_PATTERN = [
  `['\\u2019](?:[sdmt]|ll|re|ve)(?!${LETTER})`,
  ` ?${LETTER}+`,
  " ?[0-9]",
  ` ?${SYMBOL}+`,
  `${BLANK}+(?= [^\\t-\\r ])`,
  `${BLANK}+`,
].join("|");

const KIND_BLANK = 0;
const KIND_LETTER = 1;
const KIND_DIGIT = 2;
const KIND_SYMBOL = 3;
/** Second and later bytes of a character: they stay with the byte before them. */
const KIND_INNER = 4;
/** First byte of a three-byte character whose second byte decides between letter and symbol. */
const KIND_MIXED = 5;

const SPACE = 0x20;
const APOSTROPHE = 0x27;

const KIND_OF_BYTE: Uint8Array = kindsOfBytes();

function kindsOfBytes(): Uint8Array {
  const kinds = new Uint8Array(256).fill(KIND_SYMBOL);
  kinds.fill(KIND_BLANK, 0x09, 0x0e);
  kinds[SPACE] = KIND_BLANK;
  kinds.fill(KIND_DIGIT, 0x30, 0x3a);
  kinds.fill(KIND_LETTER, 0x41, 0x5b);
  kinds.fill(KIND_LETTER, 0x61, 0x7b);
  kinds.fill(KIND_INNER, 0x80, 0xc0);
  kinds.fill(KIND_LETTER, 0xc3);
  kinds[0xe2] = KIND_MIXED;
  kinds[0xe3] = KIND_MIXED;
  kinds[0xef] = KIND_MIXED;
  return kinds;
}

/** Kind of the three-byte character at `at`, whose first byte is KIND_MIXED. */
function mixedKind(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  const second = bytes[at + 1];
  if (first === 0xe2) return second === 0x80 || second === 0x81 ? KIND_SYMBOL : KIND_LETTER;
  if (first === 0xe3) return second === 0x80 ? KIND_SYMBOL : KIND_LETTER;
  return second === 0xbc ? KIND_SYMBOL : KIND_LETTER;
}

function kindAt(bytes: Uint8Array, at: number): number {
  const kind = KIND_OF_BYTE[bytes[at] as number] as number;
  return kind === KIND_MIXED ? mixedKind(bytes, at) : kind;
}

/**
 * End of the piece that starts at `start`; `start` is where the piece before it ended (0 at first).
 * `bytes` must be valid UTF-8 up to `end`, and start < end. Cost: linear in the piece.
 */
export function pieceEnd(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start];
  if (first === APOSTROPHE || first === 0xe2) {
    const contraction = contractionEnd(bytes, start, end);
    if (contraction !== start) return contraction;
  }
  const from = first === SPACE ? start + 1 : start;
  if (from < end) {
    const kind = kindAt(bytes, from);
    if (kind === KIND_DIGIT) return from + 1;
    if (kind !== KIND_BLANK) return runEnd(bytes, from, end, kind);
  }
  return blankRunEnd(bytes, start, end);
}

function runEnd(bytes: Uint8Array, from: number, end: number, wanted: number): number {
  let at = from;
  while (at < end) {
    const kind = KIND_OF_BYTE[bytes[at] as number];
    if (kind === wanted || kind === KIND_INNER) at += 1;
    else if (kind === KIND_MIXED && mixedKind(bytes, at) === wanted) at += 3;
    else break;
  }
  return at;
}

function blankRunEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && KIND_OF_BYTE[bytes[at] as number] === KIND_BLANK) at += 1;
  const isSpaceOfNextPiece = at < end && at - start > 1 && bytes[at - 1] === SPACE;
  return isSpaceOfNextPiece ? at - 1 : at;
}

/** End of the contraction at `start`, or `start` if there is none. The apostrophe is ' or U+2019 (E2 80 99). */
function contractionEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start + 1;
  if (bytes[start] === 0xe2) {
    if (bytes[start + 1] !== 0x80 || bytes[start + 2] !== 0x99) return start;
    at = start + 3;
  }
  const length = contractionLetters(bytes, at, end);
  if (length === 0) return start;
  at += length;
  return at < end && kindAt(bytes, at) === KIND_LETTER ? start : at;
}

/** How many letters from `at` on form one of s t d m ll re ve; 0 for none. */
function contractionLetters(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return 0;
  const first = bytes[at];
  if (first === 0x73 || first === 0x74 || first === 0x64 || first === 0x6d) return 1;
  if (at + 1 >= end) return 0;
  const second = bytes[at + 1];
  if (first === 0x6c) return second === 0x6c ? 2 : 0;
  if (first === 0x72 || first === 0x76) return second === 0x65 ? 2 : 0;
  return 0;
}
