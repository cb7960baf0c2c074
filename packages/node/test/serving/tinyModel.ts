/** A small model with large random weights, so that its texts vary; and what it writes alone, by generateTokens. */
import {
  BatchDecoder,
  DecodeSession,
  defaultSampling,
  generateTokens,
  type ModelConfig,
  ParameterStore,
  type Tokenizer,
  trainBpe,
} from "@neuroshard/model";
import type { Engine } from "@neuroshard/tensor";
import type { TextJob } from "../../src/serving/textRequest.ts";

/** Characters of one to four bytes: tokens may end within one. */
export const tokenizer: Tokenizer = trainBpe("Anna naïve – 🙂 banana. ".repeat(5), { vocabularySize: 280 });

export const CONTEXT = 48;

const config: ModelConfig = {
  vocabularySize: tokenizer.vocabularySize,
  width: 16,
  layers: 2,
  heads: 2,
  keyHeads: 1,
  feedForwardWidth: 32,
  context: CONTEXT,
  tiedHead: false,
};

export interface TinyModel {
  decoder(slots: number): BatchDecoder;
  /** The tokens that it writes when nobody else is there. */
  alone(job: TextJob): number[];
}

export function tinyModel(engine: Engine, seed: number): TinyModel {
  const store = new ParameterStore(engine, config, "inference");
  store.initialize(seed);
  for (const spec of store.specs) {
    const values = store.values("weights", spec);
    if (spec.initial !== "ones") for (let i = 0; i < values.length; i++) values[i]! *= 20;
  }
  const options = { mode: "bf16", weights: "float" } as const;
  const session = new DecodeSession(engine, store, options);
  return {
    decoder: (slots) => new BatchDecoder(engine, store, { ...options, slots }),
    alone: ({ prompt, maxTokens, seed: jobSeed, sampling }) => {
      const generation = { maxTokens, seed: jobSeed, sampling, endOfText: tokenizer.endOfText };
      return [...generateTokens(session, prompt, generation)];
    },
  };
}

export function textJob(prompt: readonly number[], changes: Partial<TextJob> = {}): TextJob {
  const usual = { maxTokens: 12, seed: 1, sampling: defaultSampling, stop: [], topLikelihoods: undefined };
  return { prompt, ...usual, ...changes };
}
