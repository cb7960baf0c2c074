/** Shape of the export; what the library makes of it is in test/tokenizer. */
import { expect, test } from "vitest";
import { trainCharacters } from "./characters.ts";
import { toHuggingFace, toHuggingFaceConfig } from "./huggingFace.ts";
import { tokenizerFromJson } from "./tokenizer.ts";
import { trainBpe } from "./trainBpe.ts";

test("special tokens have ids 0 to 9, bytes follow, then merges", () => {
  const exported = toHuggingFace(trainBpe("ab ab ab", { vocabularySize: 268 })) as {
    readonly added_tokens: readonly { readonly id: number; readonly content: string; readonly special: boolean }[];
    readonly model: { readonly vocab: Readonly<Record<string, number>>; readonly merges: readonly string[] };
  };
  expect(exported.added_tokens.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  for (const { id, content } of exported.added_tokens) expect(exported.model.vocab[content]).toBe(id);
  expect(Object.values(exported.model.vocab).sort((a, b) => a - b)).toEqual(Array.from({ length: 268 }, (_, id) => id));
  expect(exported.model.vocab).toMatchObject({ Ā: 10, A: 0x41 + 10, Ġ: 0x20 + 10, ab: 266, Ġab: 267 });
  expect(exported.model.merges).toEqual(["a b", "Ġ ab"]);
});

test("a token named like a property of every object is an entry like any other", () => {
  const ids = Array.from("__proto__", (character) => character.charCodeAt(0) + 10);
  const merges = ids.slice(1).map((id, i) => [i === 0 ? (ids[0] as number) : 265 + i, id]);
  const tokenizer = tokenizerFromJson({ format: "neuroshard-tokenizer", version: 1, kind: "bpe", merges });
  expect(JSON.stringify(toHuggingFace(tokenizer))).toContain('"__proto__":273');
});

test("the configuration names the special tokens of a bpe tokenizer only", () => {
  expect(toHuggingFaceConfig(trainBpe("ab", { vocabularySize: 266 }))).toMatchObject({
    eos_token: "<|eos|>",
    bos_token: "<|bos|>",
  });
  expect(toHuggingFaceConfig(trainCharacters("ab"))).not.toHaveProperty("eos_token");
});
