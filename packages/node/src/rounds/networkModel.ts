/** The model that a network trains, ready to compute with: from the genesis and its blobs, which are checked before use. */
import {
  checkConfig,
  type ModelConfig,
  ModelError,
  ParameterStore,
  presetOf,
  type Tokenizer,
  TokenizerError,
  tokenizerFromJson,
} from "@neuroshard/model";
import type { Digest, TrainingGenesis } from "@neuroshard/protocol";
import type { Engine, EngineKind } from "@neuroshard/tensor";
import { openEngine } from "@neuroshard/tensor/node";
import {
  BlobMissing,
  type BlobStore,
  bytesToTokens,
  makeTokenArray,
  NeuroInnerLoop,
  type Recipe,
  type TokenArray,
} from "@neuroshard/training";
import { NodeError } from "../nodeError.ts";

/** Of the genesis; without the initial model while that is being made. */
export type ModelSource = Omit<TrainingGenesis, "model" | "parameters"> & { readonly parameters?: number };

export interface EngineChoice {
  /** Absent: the fastest of this machine. All give the same bits. */
  readonly engine?: EngineKind | undefined;
  readonly threads?: number | undefined;
}

export type ReadableBlobs = Pick<BlobStore, "get">;

export interface NetworkModel {
  readonly engine: Engine;
  readonly loop: NeuroInnerLoop;
  readonly store: ParameterStore;
  readonly tokenizer: Tokenizer;
}

/** Evaluating more would tell little and take long. */
const MOST_HELD_OUT_TOKENS = 2 ** 14;
const NANO = 1e9;

/** Throws BlobMissing, NodeError BAD_GENESIS, and EngineError. The caller closes the engine. */
export async function openNetworkModel(
  training: ModelSource,
  blobs: BlobStore,
  { engine: kind, threads }: EngineChoice = {},
): Promise<NetworkModel> {
  const config = configOf(training);
  const tokenizer = readTokenizer(training, blobs);
  const train = readTokens(training, "trainTokens", blobs);
  const heldOut = readTokens(training, "validationTokens", blobs).subarray(0, MOST_HELD_OUT_TOKENS);
  const engine = await openEngine({ kind, threads });
  try {
    const store = new ParameterStore(engine, config, "training");
    if (store.count !== (training.parameters ?? store.count)) {
      throw badGenesis(`its model has ${store.count} parameters, the genesis says ${training.parameters}`);
    }
    const loop = new NeuroInnerLoop(engine, store, { recipe: recipeOf(training), train, heldOut });
    return { engine, loop, store, tokenizer };
  } catch (error) {
    engine.close();
    throw error;
  }
}

/** Throws NodeError BAD_GENESIS. */
export function configOf({ preset: name, vocabularySize, context }: ModelSource): ModelConfig {
  try {
    const config = checkConfig({ vocabularySize, ...presetOf(name).model });
    if (context >= 1 && context <= config.context) return config;
    throw badGenesis(`preset ${name} takes no context of ${context}`);
  } catch (error) {
    throw error instanceof ModelError ? badGenesis(error.message) : error;
  }
}

function recipeOf(training: ModelSource): Recipe {
  const { seed, mode, batch, context, schedule, warmUpSteps, scheduledSteps, learningRateNano } = training;
  const learningRate = learningRateNano / NANO;
  return { seed, mode, batch, context, learningRate, schedule, warmUpSteps, scheduledSteps };
}

/** Throws BlobMissing, and NodeError BAD_GENESIS. */
export function readTokenizer({ tokenizer: blob, vocabularySize }: ModelSource, blobs: ReadableBlobs): Tokenizer {
  const text = new TextDecoder().decode(readBlob(blob, blobs));
  const tokenizer = parseTokenizer(text);
  if (tokenizer.vocabularySize === vocabularySize) return tokenizer;
  throw badGenesis(`its tokenizer has ${tokenizer.vocabularySize} tokens, the genesis says ${vocabularySize}`);
}

function parseTokenizer(text: string): Tokenizer {
  try {
    return tokenizerFromJson(JSON.parse(text));
  } catch (error) {
    const isKnown = error instanceof SyntaxError || error instanceof TokenizerError;
    throw isKnown ? badGenesis(`its tokenizer is none: ${error.message}`) : error;
  }
}

/** An engine reads parameters by these ids, so none may lie beyond the vocabulary. */
export function readTokens(
  training: ModelSource,
  part: "trainTokens" | "validationTokens",
  blobs: ReadableBlobs,
): TokenArray {
  const { tokenBytes, vocabularySize, context } = training;
  const bytes = readBlob(training[part], blobs);
  if (tokenBytes !== 2 && tokenBytes !== 4) throw badGenesis(`its tokens have ${tokenBytes} bytes, not 2 or 4`);
  if (bytes.length % tokenBytes !== 0) throw badGenesis(`its ${part} end within a token`);
  const tokens = makeTokenArray(bytes.length / tokenBytes, tokenBytes);
  bytesToTokens(bytes, tokens, 0);
  if (tokens.length < 2 * (context + 1)) throw badGenesis(`its ${part} are too few for a context of ${context}`);
  const place = tokens.findIndex((id: number) => id >= vocabularySize);
  if (place === -1) return tokens;
  throw badGenesis(`its ${part} have id ${tokens[place]}, the vocabulary ${vocabularySize} entries`);
}

function readBlob({ digest, bytes: length }: { digest: Digest; bytes: number }, blobs: ReadableBlobs): Uint8Array {
  const bytes = blobs.get(digest);
  if (bytes === undefined) throw new BlobMissing(digest);
  if (bytes.length === length) return bytes;
  throw badGenesis(`blob ${digest} has ${bytes.length} bytes, the genesis says ${length}`);
}

function badGenesis(what: string): NodeError {
  return new NodeError("BAD_GENESIS", `what the network trains does not fit together: ${what}; ask who founded it`);
}
