/** The manifest of a token dataset: what the shard files are, where they came from, and how to know that they are whole. */
import { DataError } from "./dataError.ts";
import { splitRule, trainTokenCount } from "./split.ts";
import type { TokenBytes } from "./tokens.ts";

const manifestVersion = 1;

export interface ShardEntry {
  /** File name inside the dataset folder. */
  readonly file: string;
  readonly tokens: number;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
}

export interface DataManifest {
  readonly version: typeof manifestVersion;
  readonly source: { readonly name: string; readonly sha256: string };
  /** SHA-256 of the tokenizer's JSON, hexadecimal. */
  readonly tokenizerDigest: string;
  readonly vocabularySize: number;
  readonly tokenBytes: TokenBytes;
  readonly shards: readonly ShardEntry[];
  readonly trainTokens: number;
  readonly validationTokens: number;
  readonly split: typeof splitRule;
}

export interface ShardRange {
  readonly start: number;
  readonly end: number;
}

/** Cuts `tokens` ids into runs of at most `maxTokens`; all but the last are full. */
export function shardRanges(tokens: number, maxTokens: number): ShardRange[] {
  const count = Math.ceil(tokens / maxTokens);
  return Array.from({ length: count }, (_, i) => ({
    start: i * maxTokens,
    end: Math.min(tokens, (i + 1) * maxTokens),
  }));
}

export interface ManifestParts extends Pick<DataManifest, "source" | "tokenizerDigest" | "vocabularySize" | "shards"> {
  readonly tokenBytes: TokenBytes;
}

/** A manifest whose token counts follow from its shards. */
export function makeManifest(parts: ManifestParts): DataManifest {
  const tokens = countTokens(parts.shards);
  const trainTokens = trainTokenCount(tokens);
  return {
    version: manifestVersion,
    source: parts.source,
    tokenizerDigest: parts.tokenizerDigest,
    vocabularySize: parts.vocabularySize,
    tokenBytes: parts.tokenBytes,
    shards: parts.shards,
    trainTokens,
    validationTokens: tokens - trainTokens,
    split: splitRule,
  };
}

function countTokens(shards: readonly ShardEntry[]): number {
  return shards.reduce((sum, shard) => sum + shard.tokens, 0);
}

type Json = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null;
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isDigest: Check = (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
/** A bare name: a manifest must not be able to point outside its folder. */
const isFileName: Check = (value) => typeof value === "string" && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(value);

const isShard: Check = (value) =>
  isObject(value) && isFileName(value.file) && isCount(value.tokens) && isDigest(value.sha256);

const checks: { readonly [K in keyof DataManifest]: Check } = {
  version: (value) => value === manifestVersion,
  source: (value) => isObject(value) && typeof value.name === "string" && isDigest(value.sha256),
  tokenizerDigest: isDigest,
  vocabularySize: isCount,
  tokenBytes: (value) => value === 2 || value === 4,
  shards: (value) => Array.isArray(value) && value.every(isShard),
  trainTokens: isCount,
  validationTokens: isCount,
  split: (value) => value === splitRule,
};

/** Checks every field of a parsed manifest. Throws DataError BAD_MANIFEST naming the first field that is wrong. */
export function parseManifest(value: unknown, path: string): DataManifest {
  if (!isObject(value)) throw badManifest(path, "is not a JSON object", "");
  for (const [field, check] of Object.entries(checks)) {
    if (!check(value[field])) throw badManifest(path, `has no valid "${field}"`, field);
  }
  const manifest = value as unknown as DataManifest;
  const tokens = countTokens(manifest.shards);
  if (manifest.trainTokens !== trainTokenCount(tokens) || manifest.trainTokens + manifest.validationTokens !== tokens) {
    throw badManifest(path, `does not divide its ${tokens} tokens by its own split rule`, "trainTokens");
  }
  return manifest;
}

/** The error for a manifest that cannot be used. */
export function badManifest(path: string, fault: string, field: string): DataError {
  return new DataError({
    code: "BAD_MANIFEST",
    cause: `the data manifest ${path} ${fault}`,
    remedy: "delete its folder and prepare the data again",
    data: { path, field },
  });
}
