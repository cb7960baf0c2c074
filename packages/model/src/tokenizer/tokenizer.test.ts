import { expect, test } from "vitest";
import { trainCharacters } from "./characters.ts";
import { tokenizerFromJson } from "./tokenizer.ts";
import { trainBpe } from "./trainBpe.ts";

const head = { format: "neuroshard-tokenizer", version: 1 } as const;
const doubling = Array.from({ length: 9 }, (_, i) => (i === 0 ? [107, 107] : [265 + i, 265 + i]));

test.each([
  ["bpe", trainBpe("the lamp, the light, the lamp", { vocabularySize: 280 })],
  ["characters", trainCharacters("the lamp 😀")],
])("a stored %s tokenizer is restored", (_, tokenizer) => {
  const restored = tokenizerFromJson(JSON.parse(JSON.stringify(tokenizer.toJson())));
  expect(restored.toJson()).toEqual(tokenizer.toJson());
  expect(restored.encode("the lamp")).toEqual(tokenizer.encode("the lamp"));
});

test.each([
  [null, "the top level"],
  [[], "the top level"],
  ["{}", "the top level"],
  [{}, "format"],
  [{ ...head, version: 2 }, "version"],
  [{ ...head, kind: "words" }, "kind"],
  [{ ...head, kind: "bpe" }, "merges"],
  [{ ...head, kind: "bpe", merges: [[107]] }, "merges[0]"],
  [{ ...head, kind: "bpe", merges: [["a", "b"]] }, "merges[0]"],
  [{ ...head, kind: "bpe", merges: [[9, 107]] }, "merges[0]"],
  [{ ...head, kind: "bpe", merges: [[107, 266]] }, "merges[0]"],
  [{ ...head, kind: "bpe", merges: [[107.5, 107]] }, "merges[0]"],
  [
    {
      ...head,
      kind: "bpe",
      merges: [
        [107, 108],
        [107, 108],
      ],
    },
    "merges[1]",
  ],
  [
    {
      ...head,
      kind: "bpe",
      merges: [
        [107, 108],
        [108, 109],
        [266, 109],
        [107, 267],
      ],
    },
    "merges[3]",
  ],
  [{ ...head, kind: "bpe", merges: doubling }, "merges[8]"],
  [{ ...head, kind: "characters" }, "characters"],
  [{ ...head, kind: "characters", characters: "" }, "characters"],
  [{ ...head, kind: "characters", characters: "ba" }, "characters, code point 1"],
  [{ ...head, kind: "characters", characters: "aa" }, "characters, code point 1"],
  [{ ...head, kind: "characters", characters: "a\ud800" }, "characters"],
])("the stored tokenizer %j is refused at %s", (json, where) => {
  expect(() => tokenizerFromJson(json)).toThrow(
    expect.objectContaining({ code: "INVALID_TOKENIZER", data: expect.objectContaining({ where }) }),
  );
});
