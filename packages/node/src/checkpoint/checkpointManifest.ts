/** What a checkpoint says of itself: checkpoint.json, the last file to be written and the first to be read. */
import { type ModelConfig, parseConfig } from "@neuroshard/model";
import { parseRecipe, type Recipe } from "@neuroshard/training";
import { sha256 } from "../data/sha256.ts";
import { NodeError } from "../nodeError.ts";

export const manifestName = "checkpoint.json";

export interface FileEntry {
  readonly bytes: number;
  readonly sha256: string;
}

/** The training data that the model has seen. */
export interface DataIdentity {
  readonly name: string;
  readonly sha256: string;
}

export interface CheckpointManifest {
  readonly format: 1;
  readonly preset: string;
  readonly step: number;
  readonly config: ModelConfig;
  readonly recipe: Recipe;
  readonly data: DataIdentity;
  /** SHA-256 of all weights in canonical order. */
  readonly digest: string;
  readonly validationLoss: number | null;
  readonly files: Readonly<Record<string, FileEntry>>;
  /** Of all that stands before it, as JSON without spaces. */
  readonly sha256: string;
}

const fileNames = ["weights.safetensors", "optimizer.safetensors", "tokenizer.json"] as const;
export type CheckpointFile = (typeof fileNames)[number];

function isFileEntry(value: unknown): value is FileEntry {
  const { bytes, sha256 } = (value ?? {}) as Partial<FileEntry>;
  return Number.isSafeInteger(bytes) && typeof sha256 === "string" && /^[0-9a-f]{64}$/.test(sha256);
}

function isIdentity(value: unknown): value is DataIdentity {
  const { name, sha256 } = (value ?? {}) as Partial<DataIdentity>;
  return typeof name === "string" && typeof sha256 === "string";
}

/** What a field must be, for every field that is not parsed by its own package. */
const fieldRules: readonly (readonly [what: string, holds: (json: Partial<CheckpointManifest>) => boolean])[] = [
  ["has another format than 1", ({ format }) => format === 1],
  ["names no preset", ({ preset }) => typeof preset === "string"],
  ["has no valid step", ({ step }) => Number.isSafeInteger(step) && step! >= 0],
  ["has no digest", ({ digest }) => typeof digest === "string"],
  ["does not name its data", ({ data }) => isIdentity(data)],
  ["has no valid validation loss", ({ validationLoss: x }) => x === null || typeof x === "number"],
  ["does not describe all its files", ({ files }) => fileNames.every((name) => isFileEntry(files?.[name]))],
];

function sealOf(unsealed: object): string {
  return sha256(JSON.stringify(unsealed));
}

/** The text of checkpoint.json. */
export function encodeCheckpointManifest(unsealed: Omit<CheckpointManifest, "sha256">): string {
  return `${JSON.stringify({ ...unsealed, sha256: sealOf(unsealed) }, null, 2)}\n`;
}

/** Throws NodeError BAD_CHECKPOINT or DAMAGED_CHECKPOINT naming the fault, or ModelError INVALID_CONFIG. */
export function parseCheckpointManifest(text: string, path: string): CheckpointManifest {
  const refuse = (what: string, code: "BAD_CHECKPOINT" | "DAMAGED_CHECKPOINT" = "BAD_CHECKPOINT"): never => {
    throw new NodeError(code, `${path} ${what}; use an earlier checkpoint or train again`);
  };
  let json: Partial<CheckpointManifest> | null = null;
  try {
    json = JSON.parse(text) as Partial<CheckpointManifest> | null;
  } catch {
    refuse("is not JSON");
  }
  if (json === null) return refuse("is not a manifest");
  for (const [what, holds] of fieldRules) if (!holds(json)) refuse(what);
  const { sha256: seal, ...unsealed } = json;
  if (seal !== sealOf(unsealed)) refuse("does not have the digest that it states", "DAMAGED_CHECKPOINT");
  const recipe = parseRecipe(json.recipe) ?? refuse("has no valid recipe");
  return { ...(json as CheckpointManifest), config: parseConfig(json.config), recipe };
}
