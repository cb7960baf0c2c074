/** Checkpoints that are damaged, or not what they say: refused before a number of them is used. */
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ModelConfig, ParameterStore, trainCharacters } from "@neuroshard/model";
import { ReferenceEngine } from "@neuroshard/tensor";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sha256 } from "../data/sha256.ts";
import { type CheckpointManifest, encodeCheckpointManifest, parseCheckpointManifest } from "./checkpointManifest.ts";
import { requireCheckpoint } from "./findCheckpoint.ts";
import { loadTokenizer, loadWeights } from "./loadCheckpoint.ts";
import { verifyCheckpoint } from "./verifyCheckpoint.ts";
import { writeCheckpoint } from "./writeCheckpoint.ts";

const tokenizer = trainCharacters("abcdefg");
const config: ModelConfig = {
  vocabularySize: 7,
  width: 8,
  layers: 1,
  heads: 2,
  keyHeads: 1,
  feedForwardWidth: 8,
  context: 4,
  tiedHead: true,
};
const schedule = { learningRate: 0.001, schedule: "constant", warmUpSteps: 0, scheduledSteps: 0 } as const;
const description = {
  preset: "tiny",
  step: 6,
  config,
  recipe: { seed: 1, mode: "bf16", batch: 2, context: 4, ...schedule },
  data: { name: "a.txt", sha256: "0".repeat(64) },
  validationLoss: null,
} as const;

let folder = "";
let good = "";
let copies = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "checkpoint-"));
  const store = new ParameterStore(new ReferenceEngine(), config, "training");
  store.initialize(1);
  good = await writeCheckpoint(folder, store, tokenizer, description);
});
afterAll(() => rm(folder, { recursive: true }));

/** A copy of the good checkpoint. */
async function copyOf(): Promise<string> {
  const path = join(folder, `copy ${++copies}`, "checkpoint-000000006");
  await cp(good, path, { recursive: true });
  return path;
}

async function rewrite(file: string, change: (bytes: Buffer) => Uint8Array): Promise<void> {
  await writeFile(file, change(await readFile(file)));
}

/** A copy whose manifest says something else, and has the right digest of it. */
async function resealed(change: (manifest: CheckpointManifest) => object): Promise<string> {
  const path = await copyOf();
  const { sha256: _, ...unsealed } = change(JSON.parse(await readFile(join(path, "checkpoint.json"), "utf8"))) as {
    sha256: string;
  } & CheckpointManifest;
  await writeFile(join(path, "checkpoint.json"), encodeCheckpointManifest(unsealed));
  return path;
}

const flipBit = (bytes: Buffer): Uint8Array => {
  bytes[bytes.length >> 1]! ^= 4;
  return bytes;
};
const damages: readonly (readonly [string, (file: string) => Promise<void>])[] = [
  ["one flipped bit", (file) => rewrite(file, flipBit)],
  ["a lost end", (file) => rewrite(file, (bytes) => bytes.subarray(0, -2))],
  ["nothing in it", (file) => writeFile(file, "")],
  ["an added end", (file) => rewrite(file, (bytes) => Buffer.concat([bytes, Buffer.from("}")]))],
  ["no file there", (file) => rm(file)],
];
const names = ["checkpoint.json", "weights.safetensors", "optimizer.safetensors", "tokenizer.json"];
const cases = names.flatMap((name) => damages.map(([what, damage]) => [name, what, damage] as const));

describe("a damaged checkpoint", () => {
  test.each(cases)("%s with %s is refused by its name", async (name, _, damage) => {
    const path = await copyOf();
    await damage(join(path, name));
    // By the run's folder: that a checkpoint without a manifest is one, its name says.
    await expect(verifyCheckpoint(join(path, ".."))).rejects.toMatchObject({
      code: expect.stringMatching(/^(DAMAGED|BAD)_CHECKPOINT$/),
      message: expect.stringContaining(join(path, name)),
    });
  });

  test("whose manifest has any single bit flipped is refused", async () => {
    const bytes = await readFile(join(good, "checkpoint.json"));
    expect(parseCheckpointManifest(bytes.toString(), "x").step).toBe(6);
    const accepted: string[] = [];
    for (let i = 0; i < bytes.length * 8; i++) {
      bytes[i >> 3]! ^= 1 << (i & 7);
      try {
        parseCheckpointManifest(bytes.toString(), "x");
        accepted.push(`bit ${i & 7} of byte ${i >> 3}`);
      } catch (error) {
        expect(error).toMatchObject({ code: expect.stringMatching(/_CHECKPOINT$|INVALID_CONFIG/) });
      }
      bytes[i >> 3]! ^= 1 << (i & 7);
    }
    expect(accepted).toEqual([]);
  });

  test("is not passed over for the one before it", async () => {
    const path = await copyOf();
    const older = join(path, "..", "checkpoint-000000005");
    await cp(good, older, { recursive: true });
    await rm(join(path, "checkpoint.json"));
    await expect(requireCheckpoint(join(path, ".."))).rejects.toMatchObject({ code: "DAMAGED_CHECKPOINT" });
    expect((await requireCheckpoint(older)).path).toBe(older);
  });
});

describe("a checkpoint that contradicts itself is refused:", () => {
  test("a tokenizer with another vocabulary than the model", async () => {
    const run = join(folder, "other vocabulary");
    const store = new ParameterStore(new ReferenceEngine(), config, "training");
    const found = { path: await writeCheckpoint(run, store, trainCharacters("abc"), description) };
    const refusal = { code: "VOCABULARY_MISMATCH", message: expect.stringContaining("has 3 tokens, the model 7") };
    await expect(verifyCheckpoint(found.path)).rejects.toMatchObject(refusal);
  });

  test("another architecture than that of the weights", async () => {
    const path = await resealed((manifest) => ({ ...manifest, config: { ...config, layers: 2 } }));
    const refusal = {
      code: "BAD_CHECKPOINT",
      message: expect.stringContaining("lacks layers.1.attentionNorm of shape [8]"),
    };
    await expect(verifyCheckpoint(path)).rejects.toMatchObject(refusal);
    const wider = await resealed((manifest) => ({ ...manifest, config: { ...config, feedForwardWidth: 16 } }));
    const shape = { message: expect.stringContaining("lacks layers.0.gateUp of shape [8,32]") };
    await expect(verifyCheckpoint(wider)).rejects.toMatchObject(shape);
  });

  test("a digest that is not that of the weights", async () => {
    const path = await resealed((manifest) => ({ ...manifest, digest: "f".repeat(64) }));
    const refusal = { code: "DAMAGED_CHECKPOINT", message: expect.stringContaining("do not have the digest") };
    await expect(verifyCheckpoint(path)).rejects.toMatchObject(refusal);
  });

  test.each([
    ["another format", { format: 2 }, "BAD_CHECKPOINT", "has another format than 1"],
    ["no preset", { preset: null }, "BAD_CHECKPOINT", "names no preset"],
    ["a negative step", { step: -1 }, "BAD_CHECKPOINT", "has no valid step"],
    ["no data", { data: null }, "BAD_CHECKPOINT", "does not name its data"],
    ["no recipe", { recipe: 5 }, "BAD_CHECKPOINT", "has no valid recipe"],
    ["no files", { files: null }, "BAD_CHECKPOINT", "does not describe all its files"],
    ["an impossible model", { config: { ...config, heads: 3 } }, "INVALID_CONFIG", "not a multiple of heads 3"],
  ])("%s", async (_, change, code, message) => {
    const path = await resealed((manifest) => ({ ...manifest, ...change }));
    const refusal = { code, message: expect.stringContaining(message) };
    await expect(requireCheckpoint(path)).rejects.toMatchObject(refusal);
  });

  test.each(["null", "[]", "7", '"x"', "{}"])("a manifest that is %s", (text) => {
    expect(() => parseCheckpointManifest(text, "the path")).toThrow(
      expect.objectContaining({
        code: "BAD_CHECKPOINT",
        message: expect.stringMatching(/^the path .+; use an earlier/),
      }),
    );
  });

  test.each([
    ["no JSON", "{", "BAD_CHECKPOINT"],
    ["no tokenizer", "{}", "INVALID_TOKENIZER"],
  ])("a tokenizer file that is %s", async (_, text, code) => {
    const entry = { bytes: text.length, sha256: sha256(text) };
    const path = await resealed((manifest) => ({ ...manifest, files: { ...manifest.files, "tokenizer.json": entry } }));
    await writeFile(join(path, "tokenizer.json"), text);
    await expect(loadTokenizer(await requireCheckpoint(path))).rejects.toMatchObject({ code });
  });
});

test("weights do not go into a store of another architecture", async () => {
  const other = new ParameterStore(new ReferenceEngine(), { ...config, width: 16 }, "inference");
  const refusal = { code: "BAD_CHECKPOINT", message: expect.stringContaining("lacks embedding of shape [7,16]") };
  await expect(loadWeights(other, await requireCheckpoint(good))).rejects.toMatchObject(refusal);
});
