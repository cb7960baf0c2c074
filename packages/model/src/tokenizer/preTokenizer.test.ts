/** Cuts, one rule at a time; agreement with the regular expression is in test/tokenizer. */
import { expect, test } from "vitest";
import { pieceEnd } from "./preTokenizer.ts";

function pieces(text: string): string[] {
  const bytes = new TextEncoder().encode(text);
  const result: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = pieceEnd(bytes, start, bytes.length);
    result.push(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(start, end)));
    start = end;
  }
  return result;
}

test.each([
  ["words take one space before them", "the old  lamp", ["the", " old", " ", " lamp"]],
  ["every digit stands alone", "12 boats, 34", ["1", "2", " boats", ",", " 3", "4"]],
  ["symbols form runs", "wait... (no) --x", ["wait", "...", " (", "no", ")", " --", "x"]],
  ["contractions are cut whole", "don't we'll I’ve it's", ["don", "'t", " we", "'ll", " I", "’ve", " it", "'s"]],
  ["a longer word after an apostrophe is no contraction", "'some 'tis", ["'", "some", " '", "tis"]],
  ["a contraction needs its apostrophe at the start of a piece", "!'s", ["!'", "s"]],
  ["blanks form runs and leave the last space to what follows", "a\n\n  b \n", ["a", "\n\n ", " b", " \n"]],
  ["a blank other than a space stays in its run", "a \tb", ["a", " \t", "b"]],
  ["characters of other scripts are letters", "été мы, 海灯 😀a", ["été", " мы", ",", " 海灯", " 😀a"]],
  ["typographic punctuation is a symbol", "“oui”—«non»、はい！", ["“", "oui", "”—«", "non", "»、", "はい", "！"]],
  ["control characters are symbols", "\0a\x7f", ["\0", "a", "\x7f"]],
  ["a byte order mark is kept", "\ufeffa", ["\ufeffa"]],
])("%s", (_, text, expected) => {
  expect(pieces(text)).toEqual(expected);
});
