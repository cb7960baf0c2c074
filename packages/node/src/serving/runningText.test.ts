import { defaultSampling, type Tokenizer, trainBpe } from "@neuroshard/model";
import { expect, test } from "vitest";
import { textJob } from "../../test/serving/tinyModel.ts";
import { RunningText, type Written } from "./runningText.ts";
import type { TextJob } from "./textRequest.ts";

/** Bytes alone: a character of several bytes comes as several tokens. */
const tokenizer: Tokenizer = trainBpe("a", { vocabularySize: 266 });
const greedy = { ...defaultSampling, temperature: 0 };

/** Logits for which a token is by far the likeliest. */
function logitsFor(token: number): Float32Array {
  const logits = new Float32Array(tokenizer.vocabularySize);
  logits[token] = 100;
  return logits;
}

/** What is told while the model writes this text, with the end of text after it. */
function written(text: string, changes: Partial<TextJob> = {}): Written[] {
  const running = new RunningText(textJob([10], { maxTokens: 100, sampling: greedy, ...changes }), tokenizer);
  const pieces: Written[] = [];
  for (const token of [...tokenizer.encode(text), tokenizer.endOfText]) {
    pieces.push(running.write(logitsFor(token)));
    if (pieces.at(-1)!.end !== undefined) break;
  }
  return pieces;
}

const textOf = (pieces: readonly Written[]): string => pieces.map(({ text }) => text).join("");

test("a character is shown when it is complete", () => {
  expect(written("a🙂b").map(({ text }) => text)).toEqual(["a", "", "", "", "🙂", "b", ""]);
});

test("a character that never becomes complete is U+FFFD at the end", () => {
  const pieces = written("é", { maxTokens: 1 });
  expect(pieces).toEqual([{ text: "\uFFFD", likelihoods: [], end: { finish: "length", tokens: 1 } }]);
});

test("the token that ends the text is not counted, and not shown", () => {
  expect(written("ab").at(-1)).toEqual({ text: "", likelihoods: [], end: { finish: "stop", tokens: 2 } });
});

test("the tokens of a stop string are counted, and not shown", () => {
  const pieces = written("one STOP two", { stop: ["STOP"] });
  expect(textOf(pieces)).toBe("one ");
  expect(pieces.at(-1)!.end).toEqual({ finish: "stop", tokens: 8 });
});

test("what only looked like a stop string is shown at the end", () => {
  const pieces = written("one ST", { stop: ["STOP"] });
  expect(pieces.map(({ text }) => text)).toEqual(["o", "n", "e", " ", "", "", "ST"]);
});

test("likelihoods come with the text of their tokens, and those of a stop string do not", () => {
  const pieces = written("é SaSTOP", { stop: ["STOP"], topLikelihoods: 2 });
  expect(pieces.map(({ likelihoods }) => likelihoods.map(({ text }) => text))).toEqual([
    [],
    ["\uFFFD", "\uFFFD"],
    [" "],
    [],
    ["S", "a"],
    [],
    [],
    [],
    [],
  ]);
  const [space] = pieces[2]!.likelihoods;
  expect(space).toEqual({
    text: " ",
    logProbability: 0,
    top: [expect.objectContaining({ text: " " }), expect.anything()],
  });
});

test("all likelihoods have come when a text ends by its length", () => {
  const pieces = written("aSTé", { stop: ["STOP"], maxTokens: 4, topLikelihoods: 0 });
  expect(textOf(pieces)).toBe("aST\uFFFD");
  expect(pieces.flatMap(({ likelihoods }) => likelihoods)).toHaveLength(4);
});

test("the next token that the model sees is the last one", () => {
  const running = new RunningText(textJob([10], { sampling: greedy }), tokenizer);
  running.write(logitsFor(50));
  expect(running.lastToken).toBe(50);
});
