/** The models that Hugging Face's software is asked about: made here bit for bit the same each time, and exported. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkConfig, ParameterStore, presetOf, trainBpe } from "@neuroshard/model";
import { ReferenceEngine } from "@neuroshard/tensor";
import { writeCheckpoint } from "../../src/checkpoint/writeCheckpoint.ts";
import { exportModel } from "../../src/serving/exportModel.ts";
import { trainLocally } from "../../src/training/trainLocally.ts";

const text = fileURLToPath(new URL("./harbour.txt", import.meta.url));
const recipe = {
  seed: 3,
  mode: "f32",
  batch: 4,
  learningRate: 5e-3,
  schedule: "constant",
  warmUpSteps: 0,
  scheduledSteps: 0,
} as const;

async function train(run: string, preset: string, steps: number): Promise<void> {
  const { context } = presetOf(preset).model;
  const options = { ...recipe, data: text, preset, context, steps, evaluateEverySteps: steps, threads: 1, out: run };
  await trainLocally(options, () => undefined, new AbortController().signal);
}

/** No preset has a head of its own; initial weights are enough to see where each of them goes. */
async function writeUntied(run: string): Promise<void> {
  const preset = "tiny";
  const tokenizer = trainBpe("humming and whistling, whistling and humming", { vocabularySize: 270 });
  const { model } = presetOf(preset);
  const config = checkConfig({ ...model, vocabularySize: tokenizer.vocabularySize, tiedHead: false });
  const store = new ParameterStore(new ReferenceEngine(), config, "training");
  store.initialize(recipe.seed);
  const data = { name: "none", sha256: "" };
  const description = { preset, step: 0, config, recipe: { ...recipe, context: config.context }, data };
  await mkdir(run, { recursive: true });
  await writeCheckpoint(run, store, tokenizer, { ...description, validationLoss: null });
}

const makers = {
  bytePairs: (run) => train(run, "tiny", 300),
  characters: (run) => train(run, "char-cpu", 40),
  untiedHead: writeUntied,
} as const satisfies Readonly<Record<string, (run: string) => Promise<void>>>;

export type ModelName = keyof typeof makers;

export const modelNames = Object.keys(makers) as readonly ModelName[];

/** Makes every model: the run in <folder>/<name>/run, its export in <folder>/<name>/export. */
export async function makeExports(folder: string): Promise<void> {
  for (const name of modelNames) {
    const run = join(folder, name, "run");
    await makers[name](run);
    await exportModel(run, join(folder, name, "export"));
  }
}
