/** What a trained vocabulary holds; agreement with the plain reference is in test/tokenizer. */
import { expect, test } from "vitest";
import { trainBpe } from "./trainBpe.ts";
import type { BpeTokenizerJson } from "./types.ts";

function mergesOf(
  texts: string | string[],
  vocabularySize: number,
  minFrequency?: number,
): readonly (readonly number[])[] {
  const options = minFrequency === undefined ? { vocabularySize } : { vocabularySize, minFrequency };
  return (trainBpe(texts, options).toJson() as BpeTokenizerJson).merges;
}

const idOf = (character: string): number => character.charCodeAt(0) + 10;

test("the most frequent pair becomes id 266, the next one 267", () => {
  // " ab" three times and "ab" once: (a, b) 4 times, then (space, ab) 3 times; (space, c) twice is not asked for.
  expect(mergesOf("ab ab ab ab c c", 268)).toEqual([
    [idOf("a"), idOf("b")],
    [idOf(" "), 266],
  ]);
});

test("between equally frequent pairs the one with smaller ids wins", () => {
  expect(mergesOf("zy zy xw xw".split(" "), 268)).toEqual([
    [idOf("x"), idOf("w")],
    [idOf("z"), idOf("y")],
  ]);
});

test("spaces merge into the words they precede", () => {
  const tokenizer = trainBpe("a sea, a sea, a sea", { vocabularySize: 300 });
  expect(Array.from(tokenizer.encode(" sea"), (id) => tokenizer.decode([id]))).toEqual([" sea"]);
});

test("no pair is merged across two documents or two pieces", () => {
  expect(mergesOf(["a", "b", "a", "b"], 300)).toEqual([]);
  expect(mergesOf("a,a,a,a,1111", 300)).toEqual([]);
});

test("pairs below the minimum frequency are not merged", () => {
  expect(mergesOf("ab ab ab cd cd", 300, 3)).toEqual([[idOf("a"), idOf("b")]]);
  expect(mergesOf("ab", 300, 1)).toEqual([[idOf("a"), idOf("b")]]);
  expect(mergesOf("ab", 300)).toEqual([]);
});

test("training stops when no merge is left, whatever size was asked for", () => {
  expect(trainBpe("lamp lamp", { vocabularySize: 5000 }).vocabularySize).toBe(266 + 3);
});

test("no token exceeds 256 bytes", () => {
  const tokenizer = trainBpe(["a".repeat(3000), "a".repeat(3000)], { vocabularySize: 1000 });
  const lengths = Array.from({ length: tokenizer.vocabularySize }, (_, id) => tokenizer.decode([id]).length);
  expect(Math.max(...lengths)).toBe(256);
});

test("documents may come from a generator", () => {
  const documents = function* (): Generator<string> {
    yield "ab ab";
    yield "ab";
  };
  expect(trainBpe(documents(), { vocabularySize: 267 }).vocabularySize).toBe(267);
});

test.each([
  [{ vocabularySize: 265 }, "vocabularySize"],
  [{ vocabularySize: 2 ** 21 }, "vocabularySize"],
  [{ vocabularySize: 300.5 }, "vocabularySize"],
  [{ vocabularySize: 300, minFrequency: 0 }, "minFrequency"],
])("the options %j are refused", (options, option) => {
  expect(() => trainBpe("text", options)).toThrow(
    expect.objectContaining({ code: "INVALID_OPTION", data: expect.objectContaining({ option }) }),
  );
});

test("a text without characters is refused", () => {
  expect(() => trainBpe(["", ""], { vocabularySize: 300 })).toThrow(expect.objectContaining({ code: "EMPTY_TEXT" }));
});

test("a lone surrogate in the training text is refused", () => {
  expect(() => trainBpe("a\ud800", { vocabularySize: 300 })).toThrow(
    expect.objectContaining({ code: "MALFORMED_TEXT" }),
  );
});
