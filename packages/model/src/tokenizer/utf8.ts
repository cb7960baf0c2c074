/** Text to UTF-8 bytes, refusing what has no UTF-8 form instead of replacing it. */
import { TokenizerError } from "./tokenizerError.ts";

const encoder = new TextEncoder();

/** Throws TokenizerError MALFORMED_TEXT if `text` holds half of a surrogate pair. */
export function utf8Bytes(text: string): Uint8Array {
  if (!text.isWellFormed()) throw malformedText(text);
  return encoder.encode(text);
}

function malformedText(text: string): TokenizerError {
  let index = 0;
  let codePoint = 0;
  for (const character of text) {
    codePoint = character.codePointAt(0) as number;
    if (codePoint >= 0xd800 && codePoint <= 0xdfff) break;
    index += character.length;
  }
  const name = `U+${codePoint.toString(16).toUpperCase()}`;
  return new TokenizerError(
    "MALFORMED_TEXT",
    `The text holds a lone surrogate (${name}) at index ${index}; it is not valid Unicode. Remove it or decode the source again.`,
    { index, codePoint },
  );
}

/** A decoder that turns broken UTF-8 into U+FFFD and keeps a byte order mark, as decoding must give back all of the text. */
export function utf8Decoder(): TextDecoder {
  return new TextDecoder("utf-8", { fatal: false, ignoreBOM: true });
}
