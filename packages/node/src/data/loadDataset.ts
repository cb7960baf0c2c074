/** Reading a prepared dataset back, trusting nothing: every shard must have the length and the digest of the manifest. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  badManifest,
  bytesToTokens,
  DataError,
  type DataManifest,
  makeTokenArray,
  parseManifest,
  type ShardEntry,
  splitTokens,
  type TokenArray,
} from "@neuroshard/training";
import { readFault, systemCode } from "./fileFault.ts";
import { sha256 } from "./sha256.ts";

export const manifestFile = "manifest.json";

export interface Dataset {
  readonly train: TokenArray;
  readonly validation: TokenArray;
  readonly manifest: DataManifest;
}

/** The manifest in `dir`, or undefined when there is none. Throws DataError BAD_MANIFEST or UNREADABLE. */
export async function readManifest(dir: string): Promise<DataManifest | undefined> {
  const path = join(dir, manifestFile);
  const source = await readFile(path, "utf8").catch((error: unknown) => {
    // A folder that cannot be one is the concern of whoever writes into it.
    if (["ENOENT", "ENOTDIR"].includes(systemCode(error))) return undefined;
    throw readFault(error, path);
  });
  if (source === undefined) return undefined;
  return parseManifest(parseJson(source, path), path);
}

function parseJson(source: string, path: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    throw badManifest(path, "is not JSON", "");
  }
}

/** All tokens of the dataset in `dir`. Throws DataError: MISSING_FILE, BAD_MANIFEST, MISSING_SHARD, DAMAGED_SHARD, UNREADABLE. */
export async function loadDataset(dir: string): Promise<Dataset> {
  const manifest = await readManifest(dir);
  if (manifest === undefined) {
    throw new DataError({
      code: "MISSING_FILE",
      cause: `${dir} holds no prepared data`,
      remedy: "prepare the data first",
      data: { path: join(dir, manifestFile) },
    });
  }
  const tokens = makeTokenArray(manifest.trainTokens + manifest.validationTokens, manifest.tokenBytes);
  let start = 0;
  for (const shard of manifest.shards) {
    bytesToTokens(await readShard(dir, shard, manifest), tokens, start);
    start += shard.tokens;
  }
  requireKnownIds(tokens, manifest, dir);
  return { ...splitTokens(tokens), manifest };
}

async function readShard(dir: string, shard: ShardEntry, manifest: DataManifest): Promise<Uint8Array> {
  const path = join(dir, shard.file);
  const bytes = await readFile(path).catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") throw shardFault("MISSING_SHARD", path, "is missing");
    throw readFault(error, path);
  });
  const wanted = shard.tokens * manifest.tokenBytes;
  if (bytes.length !== wanted) {
    throw shardFault("DAMAGED_SHARD", path, `has ${bytes.length} bytes instead of ${wanted}`);
  }
  if (sha256(bytes) !== shard.sha256) {
    throw shardFault("DAMAGED_SHARD", path, "does not have the digest of its manifest");
  }
  return bytes;
}

/** An id beyond the vocabulary would make the model read beyond its embedding. */
function requireKnownIds(tokens: TokenArray, { vocabularySize }: DataManifest, dir: string): void {
  for (const id of tokens) {
    if (id >= vocabularySize) {
      throw badManifest(
        join(dir, manifestFile),
        `gives ${vocabularySize} ids, but a shard has ${id}`,
        "vocabularySize",
      );
    }
  }
}

function shardFault(code: "MISSING_SHARD" | "DAMAGED_SHARD", path: string, fault: string): DataError {
  return new DataError({
    code,
    cause: `the data shard ${path} ${fault}`,
    remedy: "delete its folder and prepare the data again",
    data: { path },
  });
}
