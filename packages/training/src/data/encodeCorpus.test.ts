import { expect, test } from "vitest";
import type { Corpus, CorpusPiece } from "./corpus.ts";
import { type CorpusTokenizer, encodeCorpus } from "./encodeCorpus.ts";

const corpusOf = (pieces: readonly CorpusPiece[]): Corpus => ({ name: "test", sha256: "", pieces: () => pieces });
const whole = (text: string): CorpusPiece => ({ text, endsDocument: true });
const part = (text: string): CorpusPiece => ({ text, endsDocument: false });

/** One id per UTF-16 unit. */
const units = (endOfText: number, vocabularySize = 256): CorpusTokenizer => ({
  endOfText,
  vocabularySize,
  encode: (text) => Uint32Array.from(text, (character) => character.charCodeAt(0)),
});
const decoded = (corpus: Corpus) => String.fromCharCode(...encodeCorpus(corpus, units(-1)));

test("every document is followed by the end-of-text id, and a document in pieces by only one", () => {
  const corpus = corpusOf([part("a"), whole("b"), whole("c")]);
  expect([...encodeCorpus(corpus, units(2))]).toEqual([97, 98, 2, 99, 2]);
});

test("without an end-of-text id one text is taken as it is", () => {
  expect(decoded(corpusOf([part("First\n"), whole("second\n")]))).toBe("First\nsecond\n");
});

test("without an end-of-text id documents are joined by a blank line", () => {
  expect(decoded(corpusOf([whole("one"), part("tw"), whole("o"), whole("three")]))).toBe("one\n\ntwo\n\nthree");
});

test("a large corpus is encoded whole, in ids of the width that its vocabulary needs", () => {
  const long = "abcdefgh".repeat(20_000);
  const corpus = corpusOf([whole(long), whole(long)]);
  const narrow = encodeCorpus(corpus, units(0));
  expect(narrow).toBeInstanceOf(Uint16Array);
  expect(narrow.length).toBe(320_002);
  expect(narrow[320_000]).toBe("h".charCodeAt(0));
  expect(encodeCorpus(corpus, units(0, 70_000))).toBeInstanceOf(Uint32Array);
});

test("an id outside the vocabulary is refused", () => {
  expect(() => encodeCorpus(corpusOf([whole("~")]), units(-1, 100))).toThrow(
    expect.objectContaining({ code: "BAD_TOKEN", data: { id: 126, vocabularySize: 100 } }),
  );
});
