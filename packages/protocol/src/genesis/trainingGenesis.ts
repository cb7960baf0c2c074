/** What a network trains: architecture, tokenizer, data and recipe, each by digest. Fixed with the network id. */
import type { ValueOf } from "../codec/codec.ts";
import { optional, struct } from "../codec/composites.ts";
import { choice, count, text, u8, u32 } from "../codec/primitives.ts";
import { digest } from "../types/identifiers.ts";
import { modelDigest } from "../work/workCommit.ts";

/** A blob, and its length in bytes. */
const blob = struct({ digest, bytes: count });

/** Numbers of the recipe are decimals in 10^-9: no floats in the genesis. */
export const trainingGenesis = struct({
  preset: text(32),
  vocabularySize: u32,
  /** Of the initial weights. */
  seed: u32,
  mode: choice(["bf16", "f32"]),
  batch: u32,
  context: u32,
  learningRateNano: u32,
  schedule: choice(["constant", "cosine"]),
  warmUpSteps: u32,
  /** Where a cosine schedule ends; 0 for a constant one. */
  scheduledSteps: u32,
  /** JSON of the tokenizer. */
  tokenizer: blob,
  /** Token ids, little-endian, `tokenBytes` each. */
  trainTokens: blob,
  validationTokens: blob,
  tokenBytes: u8,
  /** Blobs of the initial weights and of a momentum of zeros. */
  model: modelDigest,
  parameters: count,
});
export type TrainingGenesis = ValueOf<typeof trainingGenesis>;

export const optionalTraining = optional(trainingGenesis);
