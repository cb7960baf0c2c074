/** Training. Reading order: data/corpus, data/manifest, data/samples, data/batch, trainer/recipe, trainer/trainer, stories. */
export { type Corpus, type CorpusPiece, continuousTexts, documentSeparator } from "./data/corpus.ts";
export { DataError, type DataErrorCode, type DataErrorParts } from "./data/dataError.ts";
export { type CorpusTokenizer, encodeCorpus } from "./data/encodeCorpus.ts";
export {
  badManifest,
  type DataManifest,
  makeManifest,
  parseManifest,
  type ShardEntry,
  shardRanges,
} from "./data/manifest.ts";
export { requireWindows, splitTokens } from "./data/split.ts";
export { bytesToTokens, makeTokenArray, type TokenArray, tokenBytesFor, tokensToBytes } from "./data/tokens.ts";
export { compressDelta } from "./diloco/compression/compressDelta.ts";
export { CHUNK_VALUES, readDelta } from "./diloco/compression/delta.ts";
export { type OuterStepRequest, type OuterStepResult, outerStep } from "./diloco/outerStep.ts";
export type { InnerLoop, InnerState, InnerStep } from "./rounds/innerLoop.ts";
export { NeuroInnerLoop } from "./rounds/neuroInnerLoop.ts";
export { RoundEngine, type RoundEngineOptions, type TrainOptions } from "./rounds/roundEngine.ts";
export {
  BlobMissing,
  type BlobStore,
  type DeltaFault,
  type OuterRequest,
  type OuterResult,
  type ReplayRequest,
  type RoundRules,
  type RoundWorker,
  type SegmentState,
  type SlotStart,
  type TrainedSlot,
  type TrainProgress,
} from "./rounds/roundWorker.ts";
export { type ChatTurn, chatPrompt, chatStop } from "./stories/chatFormat.ts";
export { measureStories } from "./stories/measureStories.ts";
export { generateStories, type StoriesRequest, takeStories } from "./stories/storyDocuments.ts";
export { differingRecipeField, parseRecipe, type Recipe } from "./trainer/recipe.ts";
export { type EvaluationExtent, Trainer } from "./trainer/trainer.ts";
