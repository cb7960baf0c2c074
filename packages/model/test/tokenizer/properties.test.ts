/** Laws that hold for all text, tried on seeded random strings and against the plain reference. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { MergeList } from "../../src/tokenizer/mergeList.ts";
import { mergeLongPiece, mergeShortPiece, SHORT_PIECE_BYTES } from "../../src/tokenizer/mergePiece.ts";
import { pieceEnd } from "../../src/tokenizer/preTokenizer.ts";
import { type Tokenizer, tokenizerFromJson } from "../../src/tokenizer/tokenizer.ts";
import { trainBpe } from "../../src/tokenizer/trainBpe.ts";
import type { BpeTokenizerJson } from "../../src/tokenizer/types.ts";
import { randomText } from "./randomText.ts";
import { referenceEncode, referenceMerges, referencePieces } from "./referenceBpe.ts";

const sample = readFileSync(new URL("./sampleText.txt", import.meta.url), "utf8");
const tokenizer = trainBpe(sample, { vocabularySize: 266 + 512 });
const { merges } = tokenizer.toJson() as BpeTokenizerJson;

function texts(seed: number, count: number): string[] {
  const random = randomText(seed);
  return Array.from({ length: count }, () => random.text());
}

function streamed(source: Tokenizer, ids: Iterable<number>): string {
  const decoder = source.createDecoder();
  let text = "";
  for (const id of ids) text += decoder.push(id);
  return text + decoder.end();
}

describe("byte-level BPE", () => {
  test("decoding what was encoded gives the text back, at once and token by token", () => {
    for (const text of texts(1, 2000)) {
      const ids = tokenizer.encode(text);
      expect(tokenizer.decode(ids)).toBe(text);
      expect(streamed(tokenizer, ids)).toBe(text);
    }
  });

  test("any ids decode to the same text at once and token by token, broken UTF-8 included", () => {
    const random = randomText(2);
    for (let i = 0; i < 1000; i++) {
      const ids = Array.from({ length: random.below(12) }, () => random.below(tokenizer.vocabularySize));
      expect(streamed(tokenizer, ids)).toBe(tokenizer.decode(ids));
    }
  });

  test("the scanner cuts where the regular expression of the export cuts", () => {
    for (const text of texts(3, 3000)) {
      const bytes = new TextEncoder().encode(text);
      const pieces: string[] = [];
      for (let start = 0; start < bytes.length; ) {
        const end = pieceEnd(bytes, start, bytes.length);
        pieces.push(Buffer.from(bytes.subarray(start, end)).toString());
        start = end;
      }
      expect(pieces).toEqual(referencePieces(text));
    }
  });

  test("encoding agrees with the plain reference", () => {
    for (const text of texts(4, 200)) expect([...tokenizer.encode(text)]).toEqual(referenceEncode(merges, text));
  });

  test("training agrees with the plain reference, ties and runs of one character included", () => {
    const random = randomText(5);
    for (let i = 0; i < 25; i++) {
      const documents = Array.from({ length: 1 + random.below(12) }, () => {
        return random.below(2) === 0 ? random.text() : "ab a".repeat(random.below(5)) + "a".repeat(random.below(30));
      });
      if (documents.join("") === "") continue;
      const minFrequency = 1 + random.below(3);
      const trained = trainBpe(documents, { vocabularySize: 266 + 40, minFrequency }).toJson() as BpeTokenizerJson;
      expect(trained.merges).toEqual(referenceMerges(documents, 40, minFrequency));
    }
  });

  test("the merger for short pieces and the one for long pieces agree", () => {
    const list = new MergeList();
    for (const [left, right] of merges) list.add(left, right);
    const random = randomText(6);
    const fromShort = new Uint32Array(SHORT_PIECE_BYTES);
    const fromLong = new Uint32Array(SHORT_PIECE_BYTES);
    for (let i = 0; i < 2000; i++) {
      const start = random.below(sample.length - SHORT_PIECE_BYTES);
      const span = {
        bytes: new TextEncoder().encode(sample.slice(start, start + 1 + random.below(SHORT_PIECE_BYTES))),
        start: 0,
      };
      const end = Math.min(span.bytes.length, SHORT_PIECE_BYTES);
      const shortLength = mergeShortPiece(list.pairs, { ...span, end }, fromShort, 0);
      const longLength = mergeLongPiece(list.pairs, { ...span, end }, fromLong, 0);
      expect(fromShort.subarray(0, shortLength)).toEqual(fromLong.subarray(0, longLength));
    }
  });

  test("a stored tokenizer gives the same ids", () => {
    const restored = tokenizerFromJson(JSON.parse(JSON.stringify(tokenizer.toJson())));
    expect(restored.vocabularySize).toBe(tokenizer.vocabularySize);
    for (const text of texts(7, 200)) expect(restored.encode(text)).toEqual(tokenizer.encode(text));
  });
});
