/** Line breaking for the samples. */
import { expect, test } from "vitest";
import { wrapText } from "./wrapText.ts";

test("lines break at spaces and never exceed the width", () => {
  expect(wrapText("the cat sat\n on the  mat", 8)).toEqual(["the cat", "sat on", "the mat"]);
});

test("a word that is longer than the line is cut", () => {
  expect(wrapText("a abcdefghij", 4)).toEqual(["a", "abcd", "efgh", "ij"]);
});

test("blank text has no lines", () => {
  expect(wrapText(" \n ", 10)).toEqual([]);
});
