/**
 * Saving a run. Files are written into a temporary folder, synced, and the folder renamed: a checkpoint is there as a whole
 * or not at all. The one before it stays, as a way back.
 */
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  encodeSafetensors,
  type NamedTensor,
  type ParameterStore,
  type Segment,
  type Tokenizer,
} from "@neuroshard/model";
import { writeFault } from "../data/fileFault.ts";
import { sha256 } from "../data/sha256.ts";
import { writeFileAtomically } from "../data/writeFileAtomically.ts";
import {
  type CheckpointFile,
  type CheckpointManifest,
  encodeCheckpointManifest,
  type FileEntry,
  manifestName,
} from "./checkpointManifest.ts";
import { checkpointFolder, checkpointFolders, unfinishedFolders, unfinishedSuffix } from "./findCheckpoint.ts";
import { weightsDigest } from "./weightsDigest.ts";

const KEPT = 2;

export type CheckpointDescription = Omit<CheckpointManifest, "format" | "digest" | "files" | "sha256">;

function tensorsOf(store: ParameterStore, segment: Segment, prefix: string): readonly NamedTensor[] {
  return store.specs.map((spec) => ({
    name: prefix + spec.name,
    shape: spec.shape,
    values: store.values(segment, spec),
  }));
}

/** Writes the checkpoint and returns its folder. Throws DataError CANNOT_WRITE; then nothing new is left behind. */
export async function writeCheckpoint(
  run: string,
  store: ParameterStore,
  tokenizer: Tokenizer,
  description: CheckpointDescription,
): Promise<string> {
  const contents: Readonly<Record<CheckpointFile, () => Uint8Array | string>> = {
    "weights.safetensors": () => encodeSafetensors(tensorsOf(store, "weights", ""), {}),
    "optimizer.safetensors": () =>
      encodeSafetensors(
        [...tensorsOf(store, "firstMoments", "first."), ...tensorsOf(store, "secondMoments", "second.")],
        {},
      ),
    "tokenizer.json": () => `${JSON.stringify(tokenizer.toJson())}\n`,
  };
  const target = join(run, checkpointFolder(description.step));
  const unfinished = target + unfinishedSuffix;
  try {
    // Also those of a run that was killed while it wrote.
    for (const name of await unfinishedFolders(run)) await rm(join(run, name), { recursive: true });
    await mkdir(unfinished, { recursive: true });
    const files: Record<string, FileEntry> = {};
    for (const [name, make] of Object.entries(contents)) {
      const data = make();
      await writeFileAtomically(join(unfinished, name), data);
      files[name] = { bytes: Buffer.byteLength(data), sha256: sha256(data) };
    }
    const manifest = encodeCheckpointManifest({ format: 1, ...description, digest: weightsDigest(store), files });
    await writeFileAtomically(join(unfinished, manifestName), manifest);
    await rm(target, { recursive: true, force: true });
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
    throw writeFault(error, target);
  }
  for (const name of (await checkpointFolders(run)).slice(0, -KEPT)) await rm(join(run, name), { recursive: true });
  return target;
}
