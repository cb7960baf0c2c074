/** What a new network trains: tokenizer, tokens and initial model become blobs, and the genesis names them. */
import { presetOf } from "@neuroshard/model";
import type { TrainingGenesis } from "@neuroshard/protocol";
import {
  type BlobStore,
  encodeCorpus,
  RoundEngine,
  requireWindows,
  splitTokens,
  tokenBytesFor,
  tokensToBytes,
} from "@neuroshard/training";
import { readCorpus } from "../data/readCorpus.ts";
import { trainTokenizer } from "../training/trainTokenizer.ts";
import { type EngineChoice, type ModelSource, openNetworkModel } from "./networkModel.ts";

export interface NetworkTrainingOptions extends EngineChoice {
  /** A text file, a .jsonl file, a folder of them, or "stories", the built-in corpus. */
  readonly data: string;
  readonly preset: string;
  /** Of the initial weights. */
  readonly seed: number;
  /** Inner steps of the network after which the learning rate of the preset's schedule has run out. Absent: it stays. */
  readonly steps?: number | undefined;
}

const NANO = 1e9;

/** Throws the errors of its parts: DataError, ModelError, TokenizerError, EngineError, NodeError NO_ROOM. */
export async function prepareNetworkTraining(
  options: NetworkTrainingOptions,
  blobs: BlobStore,
): Promise<TrainingGenesis> {
  const source = await prepareSource(options, blobs);
  const { engine, loop, store } = await openNetworkModel(source, blobs, options);
  try {
    const rounds = new RoundEngine({ loop, blobs, seed: options.seed, nowMs: () => performance.now() });
    return { ...source, model: rounds.initialModel(), parameters: store.count };
  } finally {
    engine.close();
  }
}

async function prepareSource(options: NetworkTrainingOptions, blobs: BlobStore): Promise<ModelSource> {
  const { model, training, tokenizer: wanted } = presetOf(options.preset);
  const corpus = await readCorpus(options.data);
  const tokenizer = trainTokenizer(corpus, wanted);
  const split = splitTokens(encodeCorpus(corpus, tokenizer));
  // The held-out part, too, is at least two windows.
  requireWindows(split, 2 * model.context + 1, corpus.name);
  const keep = (bytes: Uint8Array) => ({ digest: blobs.put(bytes), bytes: bytes.length });
  const schedule = options.steps === undefined ? "constant" : training.schedule;
  return {
    preset: options.preset,
    vocabularySize: tokenizer.vocabularySize,
    seed: options.seed,
    mode: "bf16",
    batch: training.batch,
    context: model.context,
    learningRateNano: Math.round(training.learningRate * NANO),
    schedule,
    warmUpSteps: training.warmUpSteps,
    scheduledSteps: schedule === "cosine" ? (options.steps ?? 0) : 0,
    tokenizer: keep(new TextEncoder().encode(JSON.stringify(tokenizer.toJson()))),
    trainTokens: keep(tokensToBytes(split.train)),
    validationTokens: keep(tokensToBytes(split.validation)),
    tokenBytes: tokenBytesFor(tokenizer.vocabularySize),
  };
}
