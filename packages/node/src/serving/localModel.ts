/** A trained model opened for generation on this machine. */
import { setImmediate as yieldToEvents } from "node:timers/promises";
import {
  DecodeSession,
  defaultSampling,
  generateTokens,
  ParameterStore,
  StopFilter,
  type Tokenizer,
  type WeightFormat,
} from "@neuroshard/model";
import type { Engine, EngineKind } from "@neuroshard/tensor";
import { openEngine } from "@neuroshard/tensor/node";
import type { CheckpointManifest } from "../checkpoint/checkpointManifest.ts";
import { requireCheckpoint } from "../checkpoint/findCheckpoint.ts";
import { loadTokenizer, loadWeights } from "../checkpoint/loadCheckpoint.ts";
import { storiesName } from "../data/storiesCorpus.ts";

export interface ModelOptions {
  /** A run's folder or one of its checkpoints. */
  readonly model: string;
  readonly engine?: EngineKind;
  readonly threads?: number;
  readonly weights?: WeightFormat;
}

export interface GenerateOptions {
  readonly prompt: string;
  readonly maxTokens: number;
  readonly seed: number;
  readonly temperature?: number;
  readonly topK?: number;
  readonly topP?: number;
  readonly repetitionPenalty?: number;
  readonly stop?: readonly string[];
}

export interface Generated {
  readonly text: string;
  readonly tokens: number;
  readonly tokensPerSecond: number;
  readonly finish: "length" | "stop" | "aborted";
}

export interface ModelDescription {
  readonly preset: string;
  readonly parameters: number;
  readonly step: number;
  readonly validationLoss?: number;
  /** Trained on the dialogues of the built-in corpus, so it answers questions in their form. */
  readonly chats: boolean;
}

interface Parts {
  readonly engine: Engine;
  readonly session: DecodeSession;
  readonly tokenizer: Tokenizer;
  readonly description: ModelDescription;
}

export class LocalModel {
  readonly description: ModelDescription;
  readonly #engine: Engine;
  readonly #session: DecodeSession;
  readonly #tokenizer: Tokenizer;

  constructor({ engine, session, tokenizer, description }: Parts) {
    this.#engine = engine;
    this.#session = session;
    this.#tokenizer = tokenizer;
    this.description = description;
  }

  /** Text after the prompt; `onText` gets it piece by piece. Ends after the present token when the signal aborts. */
  async generate(options: GenerateOptions, onText: (piece: string) => void, signal: AbortSignal): Promise<Generated> {
    const { prompt, maxTokens, seed, stop = [] } = options;
    const { temperature, topK, topP, repetitionPenalty } = { ...defaultSampling, ...options };
    const sampling = { ...defaultSampling, temperature, topK, topP, repetitionPenalty };
    const filter = new StopFilter(stop);
    const decoder = this.#tokenizer.createDecoder();
    const pieces: string[] = [];
    const show = (piece: string): void => {
      if (piece === "") return;
      pieces.push(piece);
      onText(piece);
    };
    const started = performance.now();
    let tokens = 0;
    const stream = generateTokens(this.#session, [...this.#tokenizer.encode(prompt)], {
      maxTokens,
      seed,
      sampling,
      endOfText: this.#tokenizer.endOfText,
    });
    for (const token of stream) {
      tokens++;
      show(filter.push(decoder.push(token)));
      // Lets signals and output through: decoding blocks the event loop.
      await yieldToEvents();
      if (filter.stopped || signal.aborted) break;
    }
    show(filter.push(decoder.end()));
    show(filter.end());
    const seconds = (performance.now() - started) / 1000;
    const reached = tokens >= maxTokens && !filter.stopped;
    const finish = signal.aborted ? "aborted" : reached ? "length" : "stop";
    return { text: pieces.join(""), tokens, tokensPerSecond: tokens / Math.max(seconds, 1e-6), finish };
  }

  close(): void {
    this.#engine.close();
  }
}

function describe(manifest: CheckpointManifest, parameters: number): ModelDescription {
  const { preset, step, validationLoss, data } = manifest;
  return {
    preset,
    parameters,
    step,
    ...(validationLoss !== null && { validationLoss }),
    chats: data.name === storiesName,
  };
}

/** Throws NodeError NO_CHECKPOINT, BAD_CHECKPOINT, DAMAGED_CHECKPOINT, VOCABULARY_MISMATCH, or EngineError. */
export async function openModel(options: ModelOptions): Promise<LocalModel> {
  const found = await requireCheckpoint(options.model);
  const { config, recipe } = found.manifest;
  const tokenizer = await loadTokenizer(found);
  const engine = await openEngine({ kind: options.engine, threads: options.threads });
  try {
    const store = new ParameterStore(engine, config, "inference");
    await loadWeights(store, found);
    const session = new DecodeSession(engine, store, { mode: recipe.mode, weights: options.weights ?? "float" });
    return new LocalModel({ engine, session, tokenizer, description: describe(found.manifest, store.count) });
  } catch (error) {
    engine.close();
    throw error;
  }
}
