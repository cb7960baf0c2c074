/** `neuroshard verify` of a checkpoint: every file's digest, and the digest of the weights themselves. */
import { ParameterStore } from "@neuroshard/model";
import { ReferenceEngine } from "@neuroshard/tensor";
import { NodeError } from "../nodeError.ts";
import type { FileEntry } from "./checkpointManifest.ts";
import { requireCheckpoint } from "./findCheckpoint.ts";
import { loadOptimizer, loadTokenizer, loadWeights } from "./loadCheckpoint.ts";
import { weightsDigest } from "./weightsDigest.ts";

export interface VerifiedCheckpoint {
  readonly path: string;
  readonly step: number;
  readonly files: readonly (FileEntry & { readonly name: string })[];
  readonly digest: string;
  readonly parameters: number;
}

/** Throws NodeError NO_CHECKPOINT, BAD_CHECKPOINT or DAMAGED_CHECKPOINT naming what is wrong. */
export async function verifyCheckpoint(model: string): Promise<VerifiedCheckpoint> {
  const found = await requireCheckpoint(model);
  const { path, manifest } = found;
  const store = new ParameterStore(new ReferenceEngine(), manifest.config, "training");
  await loadTokenizer(found);
  await loadWeights(store, found);
  await loadOptimizer(store, found);
  const digest = weightsDigest(store);
  if (digest !== manifest.digest)
    throw new NodeError(
      "DAMAGED_CHECKPOINT",
      `the weights in ${path} do not have the digest of the manifest; train again`,
    );
  const files = Object.entries(manifest.files).map(([name, entry]) => ({ name, ...entry }));
  return { path, step: manifest.step, files, digest, parameters: store.count };
}
