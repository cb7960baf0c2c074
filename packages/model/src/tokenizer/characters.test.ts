import { expect, test } from "vitest";
import { trainCharacters } from "./characters.ts";

const tokenizer = trainCharacters("hello, wörld 😀\n");

test("ids number the distinct code points in ascending order", () => {
  expect(tokenizer.toJson()).toMatchObject({ kind: "characters", characters: "\n ,dehlorwö😀" });
  expect(tokenizer.vocabularySize).toBe(12);
  expect([...tokenizer.encode("hö😀\n")]).toEqual([5, 10, 11, 0]);
});

test("several documents give one vocabulary", () => {
  expect(trainCharacters(["ba", "cb"]).toJson()).toMatchObject({ characters: "abc" });
});

test("decoding gives the text back, at once and token by token", () => {
  const ids = tokenizer.encode("wörld 😀 hello");
  const decoder = tokenizer.createDecoder();
  expect(tokenizer.decode(ids)).toBe("wörld 😀 hello");
  expect(Array.from(ids, (id) => decoder.push(id)).join("") + decoder.end()).toBe("wörld 😀 hello");
});

test("there is no end of text", () => {
  expect(tokenizer.endOfText).toBe(-1);
});

test("an unknown character is named with its place", () => {
  const refusal = expect.objectContaining({
    code: "UNKNOWN_CHARACTER",
    data: { character: "ß", codePoint: 0xdf, index: 3 },
    message: expect.stringContaining('"ß" (U+00DF) at index 3'),
  });
  expect(() => tokenizer.encode("he ß")).toThrow(refusal);
  expect(() => tokenizer.encode("\u{10ffff}")).toThrow(expect.objectContaining({ code: "UNKNOWN_CHARACTER" }));
  expect(() => tokenizer.encode("\ud83d")).toThrow(expect.objectContaining({ code: "UNKNOWN_CHARACTER" }));
});

test.each([-1, 12, 0.5])("id %d is refused", (id) => {
  expect(() => tokenizer.decode([id])).toThrow(expect.objectContaining({ code: "UNKNOWN_ID" }));
});

test("a text without characters and a lone surrogate are refused", () => {
  expect(() => trainCharacters("")).toThrow(expect.objectContaining({ code: "EMPTY_TEXT" }));
  expect(() => trainCharacters("ab\ud800")).toThrow(
    expect.objectContaining({ code: "MALFORMED_TEXT", data: { index: 2, codePoint: 0xd800 } }),
  );
});
