import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Corpus, DataError } from "@neuroshard/training";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeFault } from "./fileFault.ts";
import { loadDataset } from "./loadDataset.ts";
import { type DatasetTokenizer, prepareDataset, tokenizerDigest } from "./prepareDataset.ts";
import { readCorpus } from "./readCorpus.ts";
import { sha256 } from "./sha256.ts";
import { writeFileAtomically } from "./writeFileAtomically.ts";

let folder = "";
let dir = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dataset-"));
  dir = join(folder, "data", "set");
});
afterEach(() => rm(folder, { recursive: true }));

/** One id per UTF-16 unit, counting how often it is asked. */
class UnitTokenizer implements DatasetTokenizer {
  readonly vocabularySize: number;
  readonly endOfText: number;
  encodings = 0;

  constructor({ vocabularySize = 128, endOfText = -1 } = {}) {
    this.vocabularySize = vocabularySize;
    this.endOfText = endOfText;
  }

  encode(text: string): Uint32Array {
    this.encodings += 1;
    return Uint32Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  }

  toJson(): ReturnType<DatasetTokenizer["toJson"]> {
    const characters = `${this.vocabularySize} ${this.endOfText}`;
    return { format: "neuroshard-tokenizer", version: 1, kind: "characters", characters };
  }
}

const text = "The quick brown fox jumps over the lazy dog. ".repeat(10);
const corpusOf = (content: string, name = "fox.txt"): Corpus => ({
  name,
  sha256: sha256(content),
  pieces: () => [{ text: content, endsDocument: true }],
});
const corpus = corpusOf(text);
const stringOf = (tokens: ArrayLike<number>) => String.fromCharCode(...Array.from(tokens));
const shardFiles = async () => (await readdir(dir)).filter((name) => name.startsWith("shard-")).sort();
const refusal = (code: string, data: object = {}) =>
  expect.objectContaining({ code, data: expect.objectContaining(data) });

describe("preparing a dataset", () => {
  test("splits the tokens, writes shards with their digests, and loads back as the same tokens", async () => {
    const dataset = await prepareDataset({ corpus, tokenizer: new UnitTokenizer(), dir, shardTokens: 200 });
    expect(stringOf(dataset.train)).toBe(text.slice(0, 405));
    expect(stringOf(dataset.validation)).toBe(text.slice(405));
    expect(dataset.manifest).toMatchObject({
      version: 1,
      source: { name: "fox.txt", sha256: corpus.sha256 },
      tokenizerDigest: tokenizerDigest(new UnitTokenizer()),
      vocabularySize: 128,
      tokenBytes: 2,
      trainTokens: 405,
      validationTokens: 45,
    });
    expect(dataset.manifest.shards.map(({ tokens }) => tokens)).toEqual([200, 200, 50]);
    for (const { file, sha256: digest } of dataset.manifest.shards) {
      expect(sha256(await readFile(join(dir, file)))).toBe(digest);
    }
    expect(await loadDataset(dir)).toEqual(dataset);
  });

  test("stores ids of a large vocabulary in four bytes", async () => {
    const tokenizer = new UnitTokenizer({ vocabularySize: 100_000 });
    const { train, manifest } = await prepareDataset({ corpus, tokenizer, dir });
    expect(train).toBeInstanceOf(Uint32Array);
    expect(manifest.tokenBytes).toBe(4);
    expect((await loadDataset(dir)).train).toEqual(train);
  });

  test("ends every line of a .jsonl file with the end-of-text id", async () => {
    const path = join(folder, "data.jsonl");
    await writeFile(path, '{"text": "one one one one one"}\n{"text": "two"}\n');
    const tokenizer = new UnitTokenizer({ endOfText: 2 });
    const { train, validation } = await prepareDataset({ corpus: await readCorpus(path), tokenizer, dir });
    expect(stringOf([...train, ...validation])).toBe("one one one one one\u0002two\u0002");
  });

  test("is not done again for the same corpus and tokenizer", async () => {
    const tokenizer = new UnitTokenizer();
    const first = await prepareDataset({ corpus, tokenizer, dir });
    expect(tokenizer.encodings).toBe(1);
    expect(await prepareDataset({ corpus, tokenizer, dir })).toEqual(first);
    expect(tokenizer.encodings).toBe(1);
  });

  test("is done again for another corpus or another tokenizer, and the old shards go", async () => {
    await prepareDataset({ corpus, tokenizer: new UnitTokenizer(), dir, shardTokens: 100 });
    const before = await shardFiles();
    await writeFile(join(dir, "notes.md"), "mine");
    await prepareDataset({ corpus: corpusOf(text.toUpperCase()), tokenizer: new UnitTokenizer(), dir });
    const between = await shardFiles();
    expect(between.length).toBe(1);
    expect(before).not.toContain(between[0]);
    const { manifest } = await prepareDataset({
      corpus: corpusOf(text.toUpperCase()),
      tokenizer: new UnitTokenizer({ vocabularySize: 200 }),
      dir,
    });
    expect(manifest.vocabularySize).toBe(200);
    expect(await readdir(dir)).toContain("notes.md");
  });

  test("cleans up after a run that was killed while it wrote", async () => {
    await prepareDataset({ corpus, tokenizer: new UnitTokenizer(), dir });
    await writeFile(join(dir, "shard-00007-0123456789abcdef.tokens.tmp"), "half");
    await writeFile(join(dir, "manifest.json.tmp"), "half");
    await prepareDataset({ corpus: corpusOf(text.slice(9)), tokenizer: new UnitTokenizer(), dir });
    expect((await readdir(dir)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

describe("data that is refused", () => {
  test("too small for the context: before anything is written", async () => {
    const request = { corpus, tokenizer: new UnitTokenizer(), dir, context: 64 };
    await expect(prepareDataset(request)).rejects.toEqual(
      refusal("TOO_SMALL", { tokens: 450, required: 650, context: 64 }),
    );
    await expect(readdir(dir)).rejects.toThrow("ENOENT");
    await prepareDataset({ ...request, context: 16 });
    await expect(prepareDataset(request)).rejects.toEqual(refusal("TOO_SMALL"));
  });

  test("a folder without a dataset", async () => {
    await expect(loadDataset(dir)).rejects.toEqual(refusal("MISSING_FILE"));
  });

  test.each([
    ["one changed byte", (bytes: Buffer) => Buffer.from(bytes.map((byte, i) => (i === 33 ? byte ^ 1 : byte)))],
    ["a lost end", (bytes: Buffer) => bytes.subarray(0, -2)],
    ["an added end", (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(2)])],
  ])("a shard with %s is named, and is not replaced", async (_, damage) => {
    const request = { corpus, tokenizer: new UnitTokenizer(), dir, shardTokens: 200 };
    await prepareDataset(request);
    const path = join(dir, (await shardFiles())[1] as string);
    const damaged = damage(await readFile(path));
    await writeFile(path, damaged);
    await expect(loadDataset(dir)).rejects.toEqual(refusal("DAMAGED_SHARD", { path }));
    await expect(prepareDataset(request)).rejects.toEqual(refusal("DAMAGED_SHARD", { path }));
    expect(await readFile(path)).toEqual(damaged);
  });

  test("a shard that is gone is named", async () => {
    await prepareDataset({ corpus, tokenizer: new UnitTokenizer(), dir });
    const path = join(dir, (await shardFiles())[0] as string);
    await rm(path);
    await expect(loadDataset(dir)).rejects.toEqual(refusal("MISSING_SHARD", { path }));
  });

  test("a manifest that is not JSON, or promises fewer ids than the shards use", async () => {
    await prepareDataset({ corpus, tokenizer: new UnitTokenizer(), dir });
    const path = join(dir, "manifest.json");
    const source = await readFile(path, "utf8");
    await writeFile(path, source.replace('"vocabularySize": 128', '"vocabularySize": 100'));
    await expect(loadDataset(dir)).rejects.toEqual(refusal("BAD_MANIFEST", { path, field: "vocabularySize" }));
    await writeFile(path, source.slice(0, 50));
    await expect(loadDataset(dir)).rejects.toEqual(refusal("BAD_MANIFEST", { path }));
  });
});

describe("a place that cannot be written", () => {
  test("because a file is in the way is named, with a remedy", async () => {
    await writeFile(join(folder, "data"), "a file");
    const request = { corpus, tokenizer: new UnitTokenizer(), dir };
    await expect(prepareDataset(request)).rejects.toEqual(refusal("CANNOT_WRITE", { path: dir }));
    expect(await readFile(join(folder, "data"), "utf8")).toBe("a file");
  });

  test("leaves no half-written dataset behind", async () => {
    await prepareDataset({ corpus, tokenizer: new UnitTokenizer(), dir });
    const kept = await readFile(join(dir, "manifest.json"), "utf8");
    // Opening a folder for writing fails for everybody, root included.
    const blocker = join(dir, "manifest.json.tmp", "x");
    await mkdir(blocker, { recursive: true });
    const other = { corpus: corpusOf(text.slice(1)), tokenizer: new UnitTokenizer(), dir };
    await expect(prepareDataset(other)).rejects.toEqual(refusal("CANNOT_WRITE", { path: join(dir, "manifest.json") }));
    expect(await readFile(join(dir, "manifest.json"), "utf8")).toBe(kept);
    expect(stringOf((await loadDataset(dir)).train)).toBe(text.slice(0, 405));
    expect((await shardFiles()).length).toBe(1);
  });

  test("because the disk is full says so", () => {
    const full = Object.assign(new Error("no space"), { code: "ENOSPC" });
    const error = writeFault(full, "run/x") as DataError;
    expect(error).toEqual(refusal("CANNOT_WRITE", { path: "run/x", reason: "ENOSPC" }));
    expect(error.message).toBe("cannot write run/x: the disk is full; free some space or choose another folder");
    const strange = Object.assign(new Error("?"), { code: "EIO" });
    expect((writeFault(strange, "run/x") as DataError).message).toContain("system error EIO");
  });
});

test("a file is replaced as a whole, and a failed write leaves the old one and nothing else", async () => {
  const path = join(folder, "state.json");
  await writeFileAtomically(path, "one");
  await writeFileAtomically(path, Uint8Array.of(116, 119, 111));
  expect(await readFile(path, "utf8")).toBe("two");
  await rm(path);
  await mkdir(join(path, "in the way"), { recursive: true });
  await expect(writeFileAtomically(path, "three")).rejects.toEqual(refusal("CANNOT_WRITE", { path }));
  expect(await readdir(folder)).toEqual(["state.json"]);
});
