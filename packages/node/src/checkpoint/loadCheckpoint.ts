/** Reading a checkpoint back: every file's size and digest is checked before a number of it is used. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  decodeSafetensors,
  type NamedTensor,
  type ParameterStore,
  type Segment,
  type Tokenizer,
  tokenizerFromJson,
} from "@neuroshard/model";
import { readFault, systemCode } from "../data/fileFault.ts";
import { sha256 } from "../data/sha256.ts";
import { NodeError } from "../nodeError.ts";
import type { CheckpointFile } from "./checkpointManifest.ts";
import type { FoundCheckpoint } from "./findCheckpoint.ts";

const remedy = "use an earlier checkpoint or train again";

/** The checked bytes of one file. Throws NodeError DAMAGED_CHECKPOINT naming it. */
async function readCheckpointFile({ path, manifest }: FoundCheckpoint, name: CheckpointFile): Promise<Uint8Array> {
  const file = join(path, name);
  const wanted = manifest.files[name]!;
  const refuse = (what: string): never => {
    throw new NodeError("DAMAGED_CHECKPOINT", `the checkpoint file ${file} ${what}; ${remedy}`);
  };
  const bytes = await readFile(file).catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") refuse("is missing");
    throw readFault(error, file);
  });
  if (bytes.length !== wanted.bytes) refuse(`has ${bytes.length} bytes instead of ${wanted.bytes}`);
  if (sha256(bytes) !== wanted.sha256) refuse("does not have the digest of its manifest");
  return bytes;
}

async function readTensors(found: FoundCheckpoint, name: CheckpointFile): Promise<ReadonlyMap<string, NamedTensor>> {
  const tensors = decodeSafetensors(await readCheckpointFile(found, name));
  return new Map(tensors.map((tensor) => [tensor.name, tensor]));
}

function fill(
  store: ParameterStore,
  segment: Segment,
  tensors: ReadonlyMap<string, NamedTensor>,
  prefix: string,
): void {
  for (const spec of store.specs) {
    const tensor = tensors.get(prefix + spec.name);
    if (tensor === undefined || tensor.shape.join() !== spec.shape.join())
      throw new NodeError(
        "BAD_CHECKPOINT",
        `the checkpoint lacks ${prefix}${spec.name} of shape [${spec.shape}]; ${remedy}`,
      );
    store.values(segment, spec).set(tensor.values);
  }
}

export async function loadWeights(store: ParameterStore, found: FoundCheckpoint): Promise<void> {
  fill(store, "weights", await readTensors(found, "weights.safetensors"), "");
}

export async function loadOptimizer(store: ParameterStore, found: FoundCheckpoint): Promise<void> {
  const tensors = await readTensors(found, "optimizer.safetensors");
  fill(store, "firstMoments", tensors, "first.");
  fill(store, "secondMoments", tensors, "second.");
}

function parseTokenizer(text: string, path: string): Tokenizer {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new NodeError("BAD_CHECKPOINT", `the tokenizer in ${path} is not JSON; ${remedy}`);
  }
  return tokenizerFromJson(json);
}

/** Throws NodeError VOCABULARY_MISMATCH when tokenizer and model do not belong together, or TokenizerError. */
export async function loadTokenizer(found: FoundCheckpoint): Promise<Tokenizer> {
  const text = new TextDecoder().decode(await readCheckpointFile(found, "tokenizer.json"));
  const tokenizer = parseTokenizer(text, found.path);
  const { vocabularySize } = found.manifest.config;
  if (tokenizer.vocabularySize === vocabularySize) return tokenizer;
  const sizes = `${tokenizer.vocabularySize} tokens, the model ${vocabularySize}`;
  throw new NodeError("VOCABULARY_MISMATCH", `the tokenizer in ${found.path} has ${sizes}; ${remedy}`);
}
