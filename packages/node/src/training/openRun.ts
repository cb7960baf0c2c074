/** Everything a training run needs before its first step: data, tokenizer, engine, parameters, new or from a checkpoint. */

import { join } from "node:path";
import {
  checkConfig,
  differingField,
  type ModelConfig,
  ParameterStore,
  type Preset,
  presetOf,
  type Tokenizer,
} from "@neuroshard/model";
import type { Engine } from "@neuroshard/tensor";
import { openEngine } from "@neuroshard/tensor/node";
import {
  type Corpus,
  differingRecipeField,
  encodeCorpus,
  type Recipe,
  requireWindows,
  splitTokens,
  type TokenArray,
  Trainer,
} from "@neuroshard/training";
import type { DataIdentity } from "../checkpoint/checkpointManifest.ts";
import { type FoundCheckpoint, findCheckpoint } from "../checkpoint/findCheckpoint.ts";
import { loadOptimizer, loadTokenizer, loadWeights } from "../checkpoint/loadCheckpoint.ts";
import { prepareDataset } from "../data/prepareDataset.ts";
import { readCorpus } from "../data/readCorpus.ts";
import { NodeError, UsageError } from "../nodeError.ts";
import type { TrainOptions } from "./trainEvents.ts";
import { trainTokenizer } from "./trainTokenizer.ts";

export interface OpenRun {
  readonly engine: Engine;
  readonly store: ParameterStore;
  readonly tokenizer: Tokenizer;
  readonly trainer: Trainer;
  readonly recipe: Recipe;
  readonly data: DataIdentity;
  readonly tokens: { readonly train: TokenArray; readonly validation: TokenArray };
  /** Where the run continues from; undefined for a new one. */
  readonly checkpoint: FoundCheckpoint | undefined;
}

function recipeOf(options: TrainOptions, preset: Preset): Recipe {
  const { training, model } = preset;
  const context = options.context ?? model.context;
  if (context > model.context)
    throw new UsageError(
      `--context ${context} is more than preset ${options.preset} takes; use at most ${model.context}, or another preset`,
    );
  const schedule = options.schedule ?? training.schedule;
  return {
    seed: options.seed,
    mode: options.mode ?? "bf16",
    batch: options.batch ?? training.batch,
    context,
    learningRate: options.learningRate ?? training.learningRate,
    schedule,
    warmUpSteps: options.warmUpSteps ?? training.warmUpSteps,
    scheduledSteps: schedule === "cosine" ? options.steps : 0,
  };
}

/** A run may only go on as it began: anything else would silently be another model. */
function requireSameRun(
  found: FoundCheckpoint,
  wanted: { config: ModelConfig; recipe: Recipe; data: DataIdentity; steps: number },
): void {
  const { manifest, path } = found;
  const refuse = (what: string): never => {
    throw new NodeError("OTHER_RUN", `${path} is of another run: ${what}; use the same options, or another --out`);
  };
  if (manifest.data.sha256 !== wanted.data.sha256) refuse(`it was trained on ${manifest.data.name} with other content`);
  const field = differingField(manifest.config, wanted.config);
  if (field !== undefined) refuse(`its model has ${field} ${manifest.config[field]}, asked is ${wanted.config[field]}`);
  const setting = differingRecipeField(manifest.recipe, wanted.recipe);
  if (setting !== undefined)
    refuse(`its ${setting} is ${manifest.recipe[setting]}, asked is ${wanted.recipe[setting]}`);
  if (manifest.step > wanted.steps) refuse(`it has ${manifest.step} steps behind it, asked are ${wanted.steps}`);
}

async function prepareTokens(corpus: Corpus, tokenizer: Tokenizer, context: number, out: string | undefined) {
  if (out !== undefined) return prepareDataset({ corpus, tokenizer, dir: join(out, "data"), context });
  const split = splitTokens(encodeCorpus(corpus, tokenizer));
  requireWindows(split, context, corpus.name);
  return split;
}

async function openStore(
  engine: Engine,
  config: ModelConfig,
  found: FoundCheckpoint | undefined,
  seed: number,
): Promise<ParameterStore> {
  const store = new ParameterStore(engine, config, "training");
  if (found === undefined) {
    store.initialize(seed);
    return store;
  }
  await loadWeights(store, found);
  await loadOptimizer(store, found);
  return store;
}

/** Throws the errors of its parts: DataError, ModelError, EngineError, TokenizerError, NodeError OTHER_RUN. */
export async function openRun(options: TrainOptions): Promise<OpenRun> {
  const preset = presetOf(options.preset);
  const recipe = recipeOf(options, preset);
  const found = options.out === undefined ? undefined : await findCheckpoint(options.out);
  const corpus = await readCorpus(options.data);
  const data = { name: corpus.name, sha256: corpus.sha256 };
  const tokenizer =
    found && found.manifest.preset === options.preset
      ? await loadTokenizer(found)
      : trainTokenizer(corpus, preset.tokenizer);
  const config = checkConfig({ vocabularySize: tokenizer.vocabularySize, ...preset.model });
  if (found !== undefined) requireSameRun(found, { config, recipe, data, steps: options.steps });
  const tokens = await prepareTokens(corpus, tokenizer, recipe.context, options.out);
  const engine = await openEngine({ kind: options.engine, threads: options.threads });
  try {
    const store = await openStore(engine, config, found, recipe.seed);
    const stepsDone = found?.manifest.step ?? 0;
    const { train, validation } = tokens;
    const trainer = new Trainer(engine, store, { recipe, train, validation, stepsDone });
    return { engine, store, tokenizer, trainer, recipe, data, tokens, checkpoint: found };
  } catch (error) {
    engine.close();
    throw error;
  }
}
