/** Bytes of a file as text: checked once, then decoded in pieces that fit into a string. */
import { isUtf8 } from "node:buffer";
import { type CorpusPiece, DataError } from "@neuroshard/training";

/** Files up to this size become one piece: 64 MiB, well below the longest string of the runtime. */
export const defaultPieceBytes = 1 << 26;

/** The well-formed byte sequences beyond ASCII (Unicode 16, table 3-7): lead byte range, range of the second byte, length. */
const sequences = [
  { from: 0xc2, to: 0xdf, low: 0x80, high: 0xbf, length: 2 },
  { from: 0xe0, to: 0xe0, low: 0xa0, high: 0xbf, length: 3 },
  { from: 0xe1, to: 0xec, low: 0x80, high: 0xbf, length: 3 },
  { from: 0xed, to: 0xed, low: 0x80, high: 0x9f, length: 3 },
  { from: 0xee, to: 0xef, low: 0x80, high: 0xbf, length: 3 },
  { from: 0xf0, to: 0xf0, low: 0x90, high: 0xbf, length: 4 },
  { from: 0xf1, to: 0xf3, low: 0x80, high: 0xbf, length: 4 },
  { from: 0xf4, to: 0xf4, low: 0x80, high: 0x8f, length: 4 },
] as const;

const isContinuation = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;

/** Bytes of the character at `at`, or 0 when there is no well-formed one. */
function characterLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number;
  if (lead < 0x80) return 1;
  const row = sequences.find(({ from, to }) => from <= lead && lead <= to);
  const second = bytes[at + 1] ?? 0;
  if (row === undefined || second < row.low || second > row.high) return 0;
  for (let i = 2; i < row.length; i++) if (!isContinuation(bytes[at + i])) return 0;
  return row.length;
}

/** Offset of the first byte that is not part of a well-formed character; the length of the bytes when all are. */
function firstBadByte(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = characterLength(bytes, at);
    if (length === 0) break;
    at += length;
  }
  return at;
}

/** Throws DataError BINARY (a NUL byte) or INVALID_UTF8, each with the offset of the first bad byte. */
export function requireText(bytes: Uint8Array, path: string): void {
  const nul = bytes.indexOf(0);
  const bad = isUtf8(bytes) ? bytes.length : firstBadByte(bytes);
  if (bad < bytes.length && (nul < 0 || bad < nul)) {
    throw new DataError({
      code: "INVALID_UTF8",
      cause: `${path} is not UTF-8 text: byte ${bad} is not part of a character`,
      remedy: "save it as UTF-8 (for example: iconv -f latin1 -t utf-8)",
      data: { path, offset: bad },
    });
  }
  if (nul >= 0) {
    throw new DataError({
      code: "BINARY",
      cause: `${path} is not text: byte ${nul} is zero`,
      remedy: "give a UTF-8 text file or a .jsonl file",
      data: { path, offset: nul },
    });
  }
}

/** Length of the byte order mark at the start of the bytes, 0 or 3. */
export function byteOrderMarkLength(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

const newline = 0x0a;

/** Where the piece that starts at `start` ends: after the last line break that fits, else before the last character that does not. */
function pieceEnd(bytes: Uint8Array, start: number, pieceBytes: number): number {
  const limit = start + pieceBytes;
  if (limit >= bytes.length) return bytes.length;
  const lineEnd = bytes.lastIndexOf(newline, limit - 1) + 1;
  if (lineEnd > start) return lineEnd;
  let end = limit;
  while (isContinuation(bytes[end])) end -= 1;
  return end;
}

/** One document from checked UTF-8 bytes, without its byte order mark. `pieceBytes` is at least 4. */
export function* textPieces(bytes: Uint8Array, pieceBytes: number): Generator<CorpusPiece> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let start = byteOrderMarkLength(bytes);
  while (start < bytes.length) {
    const end = pieceEnd(bytes, start, pieceBytes);
    yield { text: decoder.decode(bytes.subarray(start, end)), endsDocument: end === bytes.length };
    start = end;
  }
}
