/** Checkpoints of a run are folders checkpoint-<step>; the newest counts. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readFault, systemCode } from "../data/fileFault.ts";
import { NodeError } from "../nodeError.ts";
import { type CheckpointManifest, manifestName, parseCheckpointManifest } from "./checkpointManifest.ts";

const STEP_DIGITS = 9;
const folderPattern = /^checkpoint-(\d+)$/;
/** A folder has this behind its name until all its files are written. */
export const unfinishedSuffix = ".tmp";

export interface FoundCheckpoint {
  readonly path: string;
  readonly manifest: CheckpointManifest;
}

export function checkpointFolder(step: number): string {
  return `checkpoint-${`${step}`.padStart(STEP_DIGITS, "0")}`;
}

async function namesIn(run: string): Promise<readonly string[]> {
  return readdir(run).catch(() => []);
}

/** Names of the checkpoint folders of a run, oldest first. */
export async function checkpointFolders(run: string): Promise<readonly string[]> {
  const stepOf = (name: string): number => Number(folderPattern.exec(name)![1]);
  return (await namesIn(run)).filter((name) => folderPattern.test(name)).sort((a, b) => stepOf(a) - stepOf(b));
}

/** Names of folders that are being written, or were when a run was killed. */
export async function unfinishedFolders(run: string): Promise<readonly string[]> {
  const isUnfinished = (name: string): boolean =>
    name.endsWith(unfinishedSuffix) && folderPattern.test(name.slice(0, -unfinishedSuffix.length));
  return (await namesIn(run)).filter(isUnfinished);
}

async function readManifestIn(folder: string): Promise<CheckpointManifest | undefined> {
  const path = join(folder, manifestName);
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (["ENOENT", "ENOTDIR"].includes(systemCode(error))) return undefined;
    throw readFault(error, path);
  });
  return text === undefined ? undefined : parseCheckpointManifest(text, path);
}

/**
 * The checkpoint that `path` is, or the newest one of the run that `path` is; undefined when there is none.
 * Throws NodeError BAD_CHECKPOINT or DAMAGED_CHECKPOINT rather than go back to an older one unasked.
 */
export async function findCheckpoint(path: string): Promise<FoundCheckpoint | undefined> {
  const own = await readManifestIn(path);
  if (own !== undefined) return { path, manifest: own };
  const newest = (await checkpointFolders(path)).at(-1);
  if (newest === undefined) return undefined;
  const folder = join(path, newest);
  const manifest = await readManifestIn(folder);
  if (manifest !== undefined) return { path: folder, manifest };
  const remedy = "delete that folder to go on from the checkpoint before it";
  throw new NodeError("DAMAGED_CHECKPOINT", `the checkpoint file ${join(folder, manifestName)} is missing; ${remedy}`);
}

/** The same where there must be one. Throws NodeError NO_CHECKPOINT too. */
export async function requireCheckpoint(path: string): Promise<FoundCheckpoint> {
  const found = await findCheckpoint(path);
  if (found !== undefined) return found;
  const remedy = "give the folder that was --out of neuroshard train";
  throw new NodeError("NO_CHECKPOINT", `${path} holds no checkpoint; ${remedy}`);
}
