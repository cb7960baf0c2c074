/** JSON Lines as documents: one JSON object a line, its text in the field `text`; other fields and blank lines are ignored. */
import { type CorpusPiece, DataError } from "@neuroshard/training";
import { byteOrderMarkLength, defaultPieceBytes } from "./utf8Text.ts";

const newline = 0x0a;

/** The documents of checked UTF-8 bytes in order; empty texts are left out. Throws DataError BAD_JSONL with the line number. */
export function* jsonLineDocuments(bytes: Uint8Array, path: string): Generator<CorpusPiece> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let line = 0;
  for (let start = byteOrderMarkLength(bytes); start < bytes.length; ) {
    const found = bytes.indexOf(newline, start);
    const end = found < 0 ? bytes.length : found;
    line += 1;
    if (end - start > defaultPieceBytes) throw badLine(path, line, `is longer than ${defaultPieceBytes} bytes`);
    const source = decoder.decode(bytes.subarray(start, end));
    const text = source.trim() === "" ? "" : textOfLine(source, path, line);
    if (text !== "") yield { text, endsDocument: true };
    start = end + 1;
  }
}

function textOfLine(source: string, path: string, line: number): string {
  const value = parseLine(source, path, line);
  if (typeof value !== "object" || value === null || !("text" in value) || typeof value.text !== "string") {
    throw badLine(path, line, 'is not an object with a string in "text"');
  }
  if (!value.text.isWellFormed()) throw badLine(path, line, "has half of a surrogate pair in its text");
  return value.text;
}

function parseLine(source: string, path: string, line: number): unknown {
  try {
    return JSON.parse(source);
  } catch {
    throw badLine(path, line, "is not JSON");
  }
}

function badLine(path: string, line: number, fault: string): DataError {
  return new DataError({
    code: "BAD_JSONL",
    cause: `line ${line} of ${path} ${fault}`,
    remedy: 'write one object per line, for example {"text": "Once upon a time ..."}',
    data: { path, line },
  });
}
