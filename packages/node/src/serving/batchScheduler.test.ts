import { type Engine, philox4x32 } from "@neuroshard/tensor";
import { openEngine } from "@neuroshard/tensor/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CONTEXT, type TinyModel, textJob, tinyModel, tokenizer } from "../../test/serving/tinyModel.ts";
import { BatchScheduler, PROMPT_TOKENS_PER_STEP, type SlotDecoder, type SlotPiece } from "./batchScheduler.ts";
import type { TextJob, TextPiece } from "./textRequest.ts";

let engine: Engine;
let first: TinyModel;
let second: TinyModel;
beforeAll(async () => {
  engine = await openEngine({ kind: "wasm", threads: 1 });
  first = tinyModel(engine, 5);
  second = tinyModel(engine, 6);
});
afterAll(() => engine.close());

const random = (seed: number, n: number, below: number): number => philox4x32(seed, n, 0, 0, 0, 0)[0] % below;

/** Prompts and lengths of all sizes that fit. */
function drawJob(seed: number): TextJob {
  const length = 1 + random(seed, 0, CONTEXT - 2);
  const prompt = Array.from({ length }, (_, i) => 10 + random(seed, 10 + i, tokenizer.vocabularySize - 10));
  return textJob(prompt, { seed, maxTokens: 1 + random(seed, 1, CONTEXT - length) });
}

function textOf(pieces: readonly TextPiece[], request: number, job = 0): string {
  return pieces.flatMap((piece) => (piece.request === request && piece.job === job ? [piece.text] : [])).join("");
}

/** Steps until nothing is left. */
function runToEnd(scheduler: BatchScheduler): TextPiece[] {
  const pieces: TextPiece[] = [];
  while (!scheduler.isIdle) pieces.push(...scheduler.step());
  return pieces;
}

/** Records what it is fed. */
class WatchedDecoder implements SlotDecoder {
  readonly #inner: SlotDecoder;
  readonly fed: (readonly SlotPiece[])[] = [];

  constructor(inner: SlotDecoder) {
    this.#inner = inner;
  }
  get slots(): number {
    return this.#inner.slots;
  }
  reset(slot: number): void {
    this.#inner.reset(slot);
  }
  feed(pieces: readonly SlotPiece[]): Float32Array[] {
    this.fed.push(pieces);
    return this.#inner.feed(pieces);
  }
}

test("each text is what the model writes alone, whoever comes and goes beside it", () => {
  const scheduler = new BatchScheduler(tokenizer);
  scheduler.use({ number: 1, decoder: first.decoder(3) });
  const jobs = new Map(Array.from({ length: 40 }, (_, id) => [id, drawJob(id)]));
  const cancelled = new Set<number>();
  const pieces: TextPiece[] = [];
  for (const [id, job] of jobs) {
    scheduler.add({ id, jobs: [job] });
    for (let steps = random(id, 2, 6); steps > 0 && !scheduler.isIdle; steps--) pieces.push(...scheduler.step());
    if (random(id, 3, 4) > 0) continue;
    scheduler.cancel(id);
    cancelled.add(id);
  }
  pieces.push(...runToEnd(scheduler));
  expect(cancelled.size).toBeGreaterThan(5);
  for (const [id, job] of jobs) {
    const alone = first.alone(job);
    const text = tokenizer.decode(alone);
    if (cancelled.has(id)) {
      expect(text.startsWith(textOf(pieces, id)), `${id}`).toBe(true);
      continue;
    }
    expect(textOf(pieces, id), `${id}`).toBe(text);
    const ends = pieces.flatMap(({ request, end }) => (request === id && end !== undefined ? [end] : []));
    expect(ends).toEqual([{ finish: alone.length < job.maxTokens ? "stop" : "length", tokens: alone.length }]);
  }
  expect(scheduler.active).toBe(0);
});

test("no more texts are in work than there are slots, and they begin in the order in which they came", () => {
  const scheduler = new BatchScheduler(tokenizer);
  const decoder = new WatchedDecoder(first.decoder(2));
  scheduler.use({ number: 1, decoder });
  for (let id = 0; id < 7; id++) scheduler.add({ id, jobs: [textJob([20 + id], { maxTokens: 1 + (id % 3) })] });
  const pieces = runToEnd(scheduler);
  expect(Math.max(...decoder.fed.map(({ length }) => length))).toBe(2);
  const begun = [...new Set(pieces.map(({ request }) => request))];
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test("texts of one request wait until there are slots for all of them, and nobody overtakes them", () => {
  const scheduler = new BatchScheduler(tokenizer);
  scheduler.use({ number: 1, decoder: first.decoder(3) });
  scheduler.add({ id: 1, jobs: [textJob([30], { maxTokens: 5, sampling: { ...textJob([1]).sampling, topK: 1 } })] });
  scheduler.add({ id: 2, jobs: [1, 2, 3].map((seed) => textJob([31], { seed })) });
  scheduler.add({ id: 3, jobs: [textJob([32])] });
  scheduler.step();
  expect(scheduler.active).toBe(1);
  const pieces = runToEnd(scheduler);
  const firstOf = (id: number): number => pieces.findIndex(({ request }) => request === id);
  expect(firstOf(2)).toBeLessThan(firstOf(3));
  for (const [job, seed] of [1, 2, 3].entries())
    expect(textOf(pieces, 2, job)).toBe(tokenizer.decode(first.alone(textJob([31], { seed }))));
});

test("a long prompt is read in chunks while the others go on with a token each", () => {
  const scheduler = new BatchScheduler(tokenizer);
  const decoder = new WatchedDecoder(first.decoder(8));
  scheduler.use({ number: 1, decoder });
  scheduler.add({ id: 0, jobs: [textJob([40], { maxTokens: 30, sampling: { ...textJob([1]).sampling, topK: 1 } })] });
  scheduler.step();
  const prompt = Array.from({ length: 40 }, (_, i) => 50 + i);
  for (let id = 1; id <= 4; id++) scheduler.add({ id, jobs: [textJob(prompt, { maxTokens: 2 })] });
  while (scheduler.active > 1 || decoder.fed.length < 4) scheduler.step();
  const [, ...later] = decoder.fed;
  for (const pieces of later.slice(0, 3)) {
    expect(pieces[0]!.tokens).toHaveLength(1);
    const chunks = pieces.slice(1).filter(({ tokens }) => tokens.length > 1);
    expect(chunks.reduce((sum, { tokens }) => sum + tokens.length, 0)).toBeLessThanOrEqual(PROMPT_TOKENS_PER_STEP);
  }
  expect(later[0]!.map(({ tokens }) => tokens.length)).toEqual([1, 40, 24]);
});

test("what was cancelled while it waits is never begun, and its slot is free at once while it is in work", () => {
  const scheduler = new BatchScheduler(tokenizer);
  scheduler.use({ number: 1, decoder: first.decoder(1) });
  for (const id of [1, 2, 3]) scheduler.add({ id, jobs: [textJob([20 + id], { maxTokens: 40 })] });
  scheduler.step();
  scheduler.cancel(1);
  scheduler.cancel(2);
  const next = scheduler.step();
  expect(next.map(({ request }) => request)).toEqual([3]);
});

test("texts that were begun end with their model, new ones begin with the new one", () => {
  const scheduler = new BatchScheduler(tokenizer);
  const [old, young] = [first.decoder(2), second.decoder(2)];
  const sampling = { ...textJob([1]).sampling, topK: 2 };
  const job = textJob([33], { maxTokens: 20, sampling });
  scheduler.use({ number: 1, decoder: old });
  scheduler.add({ id: 1, jobs: [job] });
  const pieces = [...scheduler.step()];
  scheduler.use({ number: 2, decoder: young });
  scheduler.add({ id: 2, jobs: [job] });
  pieces.push(...scheduler.step());
  expect([scheduler.isUsed(old), scheduler.isUsed(young)]).toEqual([true, true]);
  pieces.push(...runToEnd(scheduler));
  expect(textOf(pieces, 1)).toBe(tokenizer.decode(first.alone(job)));
  expect(textOf(pieces, 2)).toBe(tokenizer.decode(second.alone(job)));
  expect(textOf(pieces, 1)).not.toBe(textOf(pieces, 2));
  expect(new Set(pieces.map(({ request, model }) => `${request}:${model}`))).toEqual(new Set(["1:1", "2:2"]));
  expect([scheduler.isUsed(old), scheduler.isUsed(young)]).toEqual([false, false]);
});

test("nothing is begun before there is a model", () => {
  const scheduler = new BatchScheduler(tokenizer);
  scheduler.add({ id: 1, jobs: [textJob([20])] });
  expect([scheduler.isIdle, scheduler.step()]).toEqual([true, []]);
  scheduler.use({ number: 1, decoder: first.decoder(1) });
  expect(scheduler.isIdle).toBe(false);
  expect(runToEnd(scheduler).length).toBeGreaterThan(0);
});

test("all can be forgotten at once", () => {
  const scheduler = new BatchScheduler(tokenizer);
  scheduler.use({ number: 1, decoder: first.decoder(1) });
  for (const id of [4, 5]) scheduler.add({ id, jobs: [textJob([20])] });
  scheduler.step();
  expect(scheduler.clear()).toEqual([4, 5]);
  expect(scheduler.isIdle).toBe(true);
});
