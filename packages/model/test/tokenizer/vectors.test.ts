/**
 * Outside truth: ids and texts that the Hugging Face `tokenizers` library made with the files exported here (makeVectors.py).
 * `vitest run packages/model/test/tokenizer -u` rewrites the exported files; run makeVectors.py after it.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { trainCharacters } from "../../src/tokenizer/characters.ts";
import { toHuggingFace } from "../../src/tokenizer/huggingFace.ts";
import { trainBpe } from "../../src/tokenizer/trainBpe.ts";

interface Vectors {
  readonly bpe: readonly (readonly [text: string, ids: number[]])[];
  readonly bpeDecoded: readonly (readonly [ids: number[], text: string])[];
  readonly characters: readonly (readonly [text: string, ids: number[]])[];
  /** Texts with a character that the vocabulary lacks; the library raised an error. */
  readonly charactersRefused: readonly string[];
}

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");
const sample = read("./sampleText.txt");
const vectors = JSON.parse(read("./vectors.json")) as Vectors;
const bpe = trainBpe(sample, { vocabularySize: 266 + 512 });
const characters = trainCharacters(sample.slice(0, 2000));

describe("against Hugging Face tokenizers", () => {
  test("the exported files are the ones the vectors were made with", async () => {
    expect(bpe.vocabularySize).toBe(266 + 512);
    await expect(fileText(toHuggingFace(bpe))).toMatchFileSnapshot("./bpe.tokenizer.json");
    await expect(fileText(toHuggingFace(characters))).toMatchFileSnapshot("./characters.tokenizer.json");
  });

  test("byte-level BPE gives the same ids", () => {
    expect(vectors.bpe.length).toBeGreaterThan(300);
    for (const [text, ids] of vectors.bpe) expect([...bpe.encode(text)], JSON.stringify(text)).toEqual(ids);
  });

  test("byte-level BPE decodes to the same text, broken UTF-8 and special tokens included", () => {
    expect(vectors.bpeDecoded.length).toBeGreaterThan(100);
    for (const [ids, text] of vectors.bpeDecoded) expect(bpe.decode(ids), JSON.stringify(ids)).toBe(text);
  });

  test("characters give the same ids, and the same texts are refused", () => {
    expect(vectors.characters.length).toBeGreaterThan(10);
    for (const [text, ids] of vectors.characters)
      expect([...characters.encode(text)], JSON.stringify(text)).toEqual(ids);
    expect(vectors.charactersRefused.length).toBeGreaterThan(0);
    for (const text of vectors.charactersRefused)
      expect(() => characters.encode(text)).toThrow("not in the vocabulary");
  });
});

function fileText(content: object): string {
  return `${JSON.stringify(content, undefined, 1)}\n`;
}
