/**
 * Outside truth: what Hugging Face's `transformers` answers when it loads the folders that `exportModel` writes.
 * makeVectors.py records it; run it again after any change of an exported file.
 */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DecodeSession, ParameterStore, type Tokenizer } from "@neuroshard/model";
import type { Engine } from "@neuroshard/tensor";
import { openEngine } from "@neuroshard/tensor/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requireCheckpoint } from "../../src/checkpoint/findCheckpoint.ts";
import { loadTokenizer, loadWeights } from "../../src/checkpoint/loadCheckpoint.ts";
import { sha256 } from "../../src/data/sha256.ts";
import { openModel } from "../../src/serving/localModel.ts";
import { type ModelName, makeExports, modelNames } from "./exportedModels.ts";

interface Answer {
  readonly prompt: string;
  readonly ids: readonly number[];
  /** After the last two tokens, or the only one: (positions, vocabulary). */
  readonly logits: readonly (readonly number[])[];
  readonly greedyIds: readonly number[];
  readonly greedyText: string;
}

interface Recorded {
  /** SHA-256 of the exported files by name. */
  readonly files: Readonly<Record<string, string>>;
  readonly answers: readonly Answer[];
}

const vectorsFile = new URL("./vectors.json", import.meta.url);
const TOLERANCE = 1e-4;

let folder: string;
let engine: Engine;
let recorded: Readonly<Record<ModelName, Recorded>>;

beforeAll(async () => {
  recorded = JSON.parse(await readFile(vectorsFile, "utf8")).models;
  folder = await mkdtemp(join(tmpdir(), "neuroshard-export-"));
  await makeExports(folder);
  engine = await openEngine({ threads: 1 });
}, 60_000);

afterAll(async () => {
  engine?.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(name: ModelName): Promise<{ session: DecodeSession; tokenizer: Tokenizer }> {
  const found = await requireCheckpoint(join(folder, name, "run"));
  const store = new ParameterStore(engine, found.manifest.config, "inference");
  await loadWeights(store, found);
  const session = new DecodeSession(engine, store, { mode: "f32", weights: "float" });
  return { session, tokenizer: await loadTokenizer(found) };
}

/** Logits after each of the last `positions` tokens. */
function logitsAfter(session: DecodeSession, ids: readonly number[], positions: number): Float32Array[] {
  session.reset();
  const first = ids.slice(0, ids.length - positions + 1);
  return [session.feed(first), ...ids.slice(first.length).map((id) => session.feed([id]))];
}

function largestDifference(ours: Float32Array, theirs: readonly number[]): number {
  expect(ours.length).toBe(theirs.length);
  return theirs.reduce((largest, value, i) => Math.max(largest, Math.abs(value - ours[i]!)), 0);
}

test("every model that is exported here was asked something", () => {
  expect(Object.keys(recorded)).toEqual(modelNames);
  for (const { answers } of Object.values(recorded)) expect(answers.length).toBeGreaterThan(1);
});

describe.each(modelNames)("against transformers: %s", (name) => {
  test("the exported files are the ones that transformers loaded", async () => {
    const target = join(folder, name, "export");
    const names = (await readdir(target)).sort();
    const entries = await Promise.all(names.map(async (file) => [file, sha256(await readFile(join(target, file)))]));
    expect(Object.fromEntries(entries)).toEqual(recorded[name].files);
  });

  test("prompts have the same tokens", async () => {
    const { tokenizer } = await open(name);
    for (const { prompt, ids } of recorded[name].answers) expect([...tokenizer.encode(prompt)], prompt).toEqual(ids);
  });

  test("logits agree", async () => {
    const { session } = await open(name);
    for (const { prompt, ids, logits } of recorded[name].answers) {
      const ours = logitsAfter(session, ids, logits.length);
      const differences = ours.map((row, i) => largestDifference(row, logits[i]!));
      expect(Math.max(...differences), prompt).toBeLessThan(TOLERANCE);
    }
  });

  test("the most likely continuation is the same text", async () => {
    const model = await openModel({ model: join(folder, name, "run"), threads: 1 });
    const { signal } = new AbortController();
    for (const { prompt, greedyIds, greedyText } of recorded[name].answers) {
      const options = { prompt, maxTokens: greedyIds.length, seed: 1, temperature: 0 };
      expect((await model.generate(options, () => undefined, signal)).text, prompt).toBe(greedyText);
    }
    model.close();
  });
});
