/** Checkpoints of a run are folders checkpoint-<step>; the newest complete one counts. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { NodeError } from "../nodeError.ts";
import { type CheckpointManifest, manifestName, parseCheckpointManifest } from "./checkpointManifest.ts";

const STEP_DIGITS = 9;
const folderPattern = /^checkpoint-(\d+)$/;

export interface FoundCheckpoint {
  readonly path: string;
  readonly manifest: CheckpointManifest;
}

export function checkpointFolder(step: number): string {
  return `checkpoint-${`${step}`.padStart(STEP_DIGITS, "0")}`;
}

/** Names of the checkpoint folders of a run, oldest first. */
export async function checkpointFolders(run: string): Promise<readonly string[]> {
  const names = await readdir(run).catch(() => [] as string[]);
  const stepOf = (name: string): number => Number(folderPattern.exec(name)![1]);
  return names.filter((name) => folderPattern.test(name)).sort((a, b) => stepOf(a) - stepOf(b));
}

async function readManifestIn(folder: string): Promise<CheckpointManifest | undefined> {
  const path = join(folder, manifestName);
  const text = await readFile(path, "utf8").catch(() => undefined);
  return text === undefined ? undefined : parseCheckpointManifest(text, path);
}

/** The checkpoint that `path` is, or the newest one of the run that `path` is; undefined when there is none. */
export async function findCheckpoint(path: string): Promise<FoundCheckpoint | undefined> {
  const own = await readManifestIn(path);
  if (own !== undefined) return { path, manifest: own };
  for (const name of [...(await checkpointFolders(path))].reverse()) {
    const folder = join(path, name);
    const manifest = await readManifestIn(folder);
    if (manifest !== undefined) return { path: folder, manifest };
  }
  return undefined;
}

/** The same where there must be one. Throws NodeError NO_CHECKPOINT or BAD_CHECKPOINT. */
export async function requireCheckpoint(path: string): Promise<FoundCheckpoint> {
  const found = await findCheckpoint(path);
  if (found !== undefined) return found;
  const remedy = "give the folder that was --out of neuroshard train";
  throw new NodeError("NO_CHECKPOINT", `${path} holds no checkpoint; ${remedy}`);
}
