/** The newest model of a network, opened for generation: from a home of this machine, also while its node runs, or from peers. */
import { join } from "node:path";
import { DecodeSession, ParameterStore, type Tokenizer, type WeightFormat } from "@neuroshard/model";
import type { Digest, State } from "@neuroshard/protocol";
import { openEngine } from "@neuroshard/tensor/node";
import { BlobFiles } from "../blobs/blobFiles.ts";
import { readState } from "../chain/readState.ts";
import { NodeError } from "../nodeError.ts";
import { findNetwork } from "../peers/findNetwork.ts";
import { BLOB_FOLDER } from "../peers/peerOptions.ts";
import { type VisitOptions, visitNetwork } from "../peers/visitNetwork.ts";
import type { WantedBlob } from "../rounds/blobFetcher.ts";
import { configOf, type EngineChoice, readTokenizer } from "../rounds/networkModel.ts";
import { blobSizesOf } from "../rounds/slotStart.ts";
import { hasDialogues } from "./hasDialogues.ts";
import { LocalModel, type ModelDescription } from "./localModel.ts";

export interface CurrentModelOptions extends EngineChoice, VisitOptions {
  /** A home, a description of the network, or the address of a node. */
  readonly network: string;
  readonly weights?: WeightFormat | undefined;
}

interface Brought {
  readonly state: State;
  readonly blobs: ReadonlyMap<Digest, Uint8Array>;
}

const MILLIONTHS = 1e6;

/** Throws NodeError NO_TRAINING, NOT_SERVED, SOURCE_UNREACHABLE, what finding the network throws, and EngineError. */
export async function openCurrentModel(options: CurrentModelOptions): Promise<LocalModel> {
  const { state, blobs } = await bringModel(options);
  const training = trainingOf(state);
  const tokenizer = readTokenizer(training, blobs);
  const engine = await openEngine({ kind: options.engine, threads: options.threads });
  try {
    const store = new ParameterStore(engine, configOf(training), "inference");
    const values = engine.floats(store.address("weights"), store.count);
    // All parameters in the order in which a store has them, see the digests of rounds.
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength).set(
      blobs.get(state.cells.training.model.weights)!,
    );
    const session = new DecodeSession(engine, store, { mode: training.mode, weights: options.weights ?? "float" });
    return new LocalModel({ engine, session, tokenizer, description: describe(state, tokenizer, blobs) });
  } catch (error) {
    engine.close();
    throw error;
  }
}

async function bringModel(options: CurrentModelOptions): Promise<Brought> {
  const found = await findNetwork(options.network);
  if (found.home !== undefined) {
    const { state } = readState(found.home);
    const files = new BlobFiles(join(found.home, BLOB_FOLDER));
    const blobs = collect(state, (digest) => files.read(digest));
    if (blobs !== undefined) return { state, blobs };
  }
  const visit = await visitNetwork(found, options);
  try {
    const { state } = visit;
    await visit.fetch(wantedBlobs(state));
    const blobs = collect(state, (digest) => visit.blobs.get(digest));
    if (blobs === undefined) throw new Error("internal: blobs that were fetched are gone");
    return { state, blobs };
  } finally {
    await visit.close();
  }
}

/** Undefined where one is missing. */
function collect(state: State, get: (digest: Digest) => Uint8Array | undefined): Brought["blobs"] | undefined {
  const blobs = new Map<Digest, Uint8Array>();
  for (const { digest } of wantedBlobs(state)) {
    const bytes = get(digest);
    if (bytes === undefined) return undefined;
    blobs.set(digest, bytes);
  }
  return blobs;
}

function wantedBlobs(state: State): readonly WantedBlob[] {
  const training = trainingOf(state);
  const { tokenizer, validationTokens } = training;
  const named = [tokenizer, validationTokens].map(({ digest, bytes }) => ({ digest, mostBytes: bytes, holders: [] }));
  const { weights } = state.cells.training.model;
  return [...named, { digest: weights, mostBytes: blobSizesOf(training).values, holders: [] }];
}

function trainingOf({ cells }: State) {
  if (cells.recipe !== null) return cells.recipe;
  throw new NodeError("NO_TRAINING", "the network trains no model; name one that does, or give --model");
}

function describe(state: State, tokenizer: Tokenizer, blobs: Brought["blobs"]): ModelDescription {
  const training = trainingOf(state);
  const { steps, validationLoss } = state.cells.training;
  return {
    ...{ preset: training.preset, parameters: training.parameters, step: steps },
    ...(validationLoss !== null && { validationLoss: validationLoss / MILLIONTHS }),
    chats: hasDialogues(training, tokenizer, blobs),
  };
}
