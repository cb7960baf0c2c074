/** From a corpus and a tokenizer to token shards on the disk and token arrays in memory, once per pair of the two. */
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Tokenizer } from "@neuroshard/model";
import {
  type Corpus,
  type CorpusTokenizer,
  type DataManifest,
  encodeCorpus,
  makeManifest,
  requireWindows,
  type ShardEntry,
  shardRanges,
  splitTokens,
  type TokenArray,
  tokenBytesFor,
  tokensToBytes,
} from "@neuroshard/training";
import { writeFault } from "./fileFault.ts";
import { type Dataset, loadDataset, manifestFile, readManifest } from "./loadDataset.ts";
import { sha256 } from "./sha256.ts";
import { temporarySuffix, writeFileAtomically } from "./writeFileAtomically.ts";

/** 2.5 million tokens: 5 MB a shard with a vocabulary of up to 65,536. */
const defaultShardTokens = 2_500_000;

export type DatasetTokenizer = CorpusTokenizer & Pick<Tokenizer, "toJson">;

export interface DatasetRequest {
  readonly corpus: Corpus;
  readonly tokenizer: DatasetTokenizer;
  /** Folder of this dataset and nothing else; made if it is not there. */
  readonly dir: string;
  /** Tokens a window predicts; data too small for it is refused before anything is written. Default 1. */
  readonly context?: number;
  /** Most tokens in one shard. */
  readonly shardTokens?: number;
}

/** What a model trained on this data must share with it. */
export function tokenizerDigest(tokenizer: Pick<Tokenizer, "toJson">): string {
  return sha256(JSON.stringify(tokenizer.toJson()));
}

/**
 * The dataset of this corpus and this tokenizer. When `dir` already holds it, it is loaded and verified; when it holds
 * another one, that is replaced. Throws DataError: TOO_SMALL, BAD_TOKEN, CANNOT_WRITE, and all of `loadDataset`.
 */
export async function prepareDataset(request: DatasetRequest): Promise<Dataset> {
  const { corpus, tokenizer, dir, context = 1 } = request;
  const previous = await readManifest(dir);
  if (previous !== undefined && isUpToDate(previous, request)) {
    const dataset = await loadDataset(dir);
    requireWindows(dataset, context, corpus.name);
    return dataset;
  }
  const tokens = encodeCorpus(corpus, tokenizer);
  const split = splitTokens(tokens);
  requireWindows(split, context, corpus.name);
  const manifest = await writeDataset(request, tokens).catch(async (error: unknown) => {
    await removeOtherShards(dir, previous?.shards ?? []).catch(() => undefined);
    throw error;
  });
  await removeOtherShards(dir, manifest.shards);
  return { ...split, manifest };
}

function isUpToDate(manifest: DataManifest, { corpus, tokenizer }: DatasetRequest): boolean {
  return (
    manifest.source.sha256 === corpus.sha256 &&
    manifest.source.name === corpus.name &&
    manifest.tokenizerDigest === tokenizerDigest(tokenizer)
  );
}

/** Shards first, manifest last: until the manifest is there, the folder still is what it was. */
async function writeDataset(
  { corpus, tokenizer, dir, shardTokens = defaultShardTokens }: DatasetRequest,
  tokens: TokenArray,
): Promise<DataManifest> {
  await mkdir(dir, { recursive: true }).catch((error: unknown) => {
    throw writeFault(error, dir);
  });
  const shards: ShardEntry[] = [];
  for (const { start, end } of shardRanges(tokens.length, shardTokens)) {
    shards.push(await writeShard(dir, shards.length, tokens.subarray(start, end)));
  }
  const manifest = makeManifest({
    source: { name: corpus.name, sha256: corpus.sha256 },
    tokenizerDigest: tokenizerDigest(tokenizer),
    vocabularySize: tokenizer.vocabularySize,
    tokenBytes: tokenBytesFor(tokenizer.vocabularySize),
    shards,
  });
  await writeFileAtomically(join(dir, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/** The digest is part of the name, so that a new dataset never overwrites a shard of the one it replaces. */
async function writeShard(dir: string, index: number, tokens: TokenArray): Promise<ShardEntry> {
  const bytes = tokensToBytes(tokens);
  const digest = sha256(bytes);
  const file = `shard-${`${index}`.padStart(5, "0")}-${digest.slice(0, 16)}.tokens`;
  await writeFileAtomically(join(dir, file), bytes);
  return { file, tokens: tokens.length, sha256: digest };
}

const shardName = /^shard-\d{5,}-[0-9a-f]{16}\.tokens/;

/** Deletes shards that are not of this dataset and what interrupted writes left behind; other files are not touched. */
async function removeOtherShards(dir: string, shards: readonly ShardEntry[]): Promise<void> {
  const keep = new Set(shards.map(({ file }) => file));
  for (const name of await readdir(dir)) {
    const isRubbish = shardName.test(name) || name === `${manifestFile}${temporarySuffix}`;
    // What cannot be removed only takes space: no reason to fail a dataset that is complete.
    if (isRubbish && !keep.has(name)) await rm(join(dir, name), { force: true }).catch(() => undefined);
  }
}
