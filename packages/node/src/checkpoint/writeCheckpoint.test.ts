import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ModelConfig, ParameterStore, type Segment, trainCharacters } from "@neuroshard/model";
import { ReferenceEngine } from "@neuroshard/tensor";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sha256 } from "../data/sha256.ts";
import { findCheckpoint, requireCheckpoint } from "./findCheckpoint.ts";
import { loadOptimizer, loadTokenizer, loadWeights } from "./loadCheckpoint.ts";
import { verifyCheckpoint } from "./verifyCheckpoint.ts";
import { weightsDigest } from "./weightsDigest.ts";
import { type CheckpointDescription, writeCheckpoint } from "./writeCheckpoint.ts";

let run = "";
beforeEach(async () => {
  run = await mkdtemp(join(tmpdir(), "checkpoint-"));
});
afterEach(() => rm(run, { recursive: true }));

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
const segments = ["weights", "firstMoments", "secondMoments"] as const;

function newStore(seed: number): ParameterStore {
  const store = new ParameterStore(new ReferenceEngine(), config, "training");
  store.initialize(seed);
  for (const segment of ["firstMoments", "secondMoments"] as const)
    for (const spec of store.specs)
      store.values(segment, spec).set(store.values("weights", spec).map((x, i) => x * seed + i / 7));
  return store;
}

function describeRun(step: number): CheckpointDescription {
  const schedule = { learningRate: 0.001, schedule: "constant", warmUpSteps: 0, scheduledSteps: 0 } as const;
  const recipe = { seed: 1, mode: "bf16", batch: 2, context: 4, ...schedule } as const;
  return {
    preset: "tiny",
    step,
    config,
    recipe,
    data: { name: "a.txt", sha256: "0".repeat(64) },
    validationLoss: 1.25,
  };
}

const valuesOf = (store: ParameterStore, segment: Segment): number[][] =>
  store.specs.map((spec) => [...store.values(segment, spec)]);

describe("a checkpoint", () => {
  test("gives back weights, moments, tokenizer and description, bit for bit", async () => {
    const store = newStore(3);
    const path = await writeCheckpoint(run, store, tokenizer, describeRun(42));
    expect(path).toBe(join(run, "checkpoint-000000042"));
    const found = await requireCheckpoint(run);
    expect(found).toMatchObject({ path, manifest: { format: 1, ...describeRun(42), digest: weightsDigest(store) } });
    const loaded = new ParameterStore(new ReferenceEngine(), config, "training");
    await loadWeights(loaded, found);
    await loadOptimizer(loaded, found);
    for (const segment of segments) expect(valuesOf(loaded, segment), segment).toEqual(valuesOf(store, segment));
    expect((await loadTokenizer(found)).toJson()).toEqual(tokenizer.toJson());
  });

  test("lists the size and the digest of each of its files", async () => {
    const path = await writeCheckpoint(run, newStore(3), tokenizer, describeRun(1));
    const { files } = (await requireCheckpoint(path)).manifest;
    expect((await readdir(path)).sort()).toEqual(["checkpoint.json", ...Object.keys(files)].sort());
    for (const [name, entry] of Object.entries(files)) {
      const bytes = await readFile(join(path, name));
      expect(entry, name).toEqual({ bytes: bytes.length, sha256: sha256(bytes) });
    }
  });

  test("has the same bytes whenever the same state is saved", async () => {
    const bytesOf = async (folder: string): Promise<string[]> => {
      const path = await writeCheckpoint(join(run, folder), newStore(3), tokenizer, describeRun(1));
      return Promise.all((await readdir(path)).sort().map((name) => readFile(join(path, name), "base64")));
    };
    expect(await bytesOf("second")).toEqual(await bytesOf("first"));
  });

  test("passes its verification, which counts its parameters", async () => {
    const store = newStore(3);
    const path = await writeCheckpoint(run, store, tokenizer, describeRun(42));
    const verified = await verifyCheckpoint(run);
    expect(verified).toMatchObject({ path, step: 42, digest: weightsDigest(store), parameters: store.count });
    expect(verified.files.map(({ name }) => name).sort()).toEqual([
      "optimizer.safetensors",
      "tokenizer.json",
      "weights.safetensors",
    ]);
  });
});

describe("a run's folder", () => {
  test("keeps the two newest checkpoints by number, and everything that is none", async () => {
    await mkdir(join(run, "data"));
    await writeFile(join(run, "checkpoint-notes.md"), "mine");
    for (const step of [5, 999_999_999, 1_000_000_000, 1_000_000_001])
      await writeCheckpoint(run, newStore(step), tokenizer, describeRun(step));
    const kept = ["checkpoint-1000000000", "checkpoint-1000000001", "checkpoint-notes.md", "data"];
    expect((await readdir(run)).sort()).toEqual(kept);
    expect((await findCheckpoint(run))?.manifest.step).toBe(1_000_000_001);
  });

  test("loses what a run left behind that was killed while it wrote", async () => {
    await mkdir(join(run, "checkpoint-000000007.tmp"));
    await writeFile(join(run, "checkpoint-000000007.tmp", "weights.safetensors"), "half");
    expect(await findCheckpoint(run)).toBeUndefined();
    await writeCheckpoint(run, newStore(1), tokenizer, describeRun(9));
    expect(await readdir(run)).toEqual(["checkpoint-000000009"]);
  });

  test("has a step written again as a whole", async () => {
    await writeCheckpoint(run, newStore(1), tokenizer, describeRun(9));
    const again = newStore(2);
    await writeCheckpoint(run, again, tokenizer, describeRun(9));
    expect(await readdir(run)).toEqual(["checkpoint-000000009"]);
    expect((await verifyCheckpoint(run)).digest).toBe(weightsDigest(again));
  });

  test("that cannot be written is named, and nothing is left there", async () => {
    const blocked = join(run, "file");
    await writeFile(blocked, "in the way");
    const failed = writeCheckpoint(blocked, newStore(1), tokenizer, describeRun(1));
    const path = join(blocked, "checkpoint-000000001");
    await expect(failed).rejects.toMatchObject({ code: "CANNOT_WRITE", message: expect.stringContaining(path) });
    expect(await readdir(run)).toEqual(["file"]);
  });

  test("that does not exist, is empty, or is a file holds no checkpoint", async () => {
    await writeFile(join(run, "file"), "text");
    for (const path of [join(run, "nowhere"), run, join(run, "file")]) {
      expect(await findCheckpoint(path)).toBeUndefined();
      const message = `${path} holds no checkpoint; give the folder that was --out of neuroshard train`;
      await expect(requireCheckpoint(path)).rejects.toMatchObject({ code: "NO_CHECKPOINT", message });
    }
  });
});
