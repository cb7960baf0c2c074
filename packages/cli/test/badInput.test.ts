/** Bad input: the exit code, one line with cause and remedy, and nothing half-written. */
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bash, type Finished, HOOK_LIMIT_MS, neuroshard, TEXT, temporaryFolder, trainTiny } from "./command.ts";

const ONE_LINE = /^neuroshard: [^\n;]+; [^\n]+\n$/;

function expectRefusal(finished: Finished, exitCode: 1 | 2, cause: RegExp): void {
  expect(finished).toEqual({ exitCode, stdout: "", stderr: expect.stringMatching(ONE_LINE) });
  expect(finished.stderr).toMatch(cause);
}

let folder: string;
let model: string;
let checkpoint: string;
beforeAll(async () => {
  folder = temporaryFolder(afterAll);
  model = join(folder, "model");
  expect((await neuroshard(trainTiny("--steps", "2", "--out", model))).exitCode).toBe(0);
  checkpoint = readdirSync(model).find((name) => name.startsWith("checkpoint-"))!;
  writeFileSync(
    join(folder, "binary"),
    Uint8Array.from({ length: 5000 }, (_, index) => index % 256),
  );
  writeFileSync(join(folder, "empty.txt"), "");
  writeFileSync(join(folder, "short.txt"), "too short\n");
  writeFileSync(join(folder, "bad.jsonl"), '{"text": "a story"}\n{"text": \n');
  mkdirSync(join(folder, "noTexts"));
}, HOOK_LIMIT_MS);

describe("command lines that cannot be understood", () => {
  test.concurrent.each<[string, string, RegExp]>([
    ["an unknown command", "trian", /unknown command 'trian'; did you mean train\?/],
    ["an unknown option", "train --stesp 3", /unknown option '--stesp'; did you mean --steps\?/],
    [
      "an option of another command",
      "verify --model x --steps 3",
      /unknown option '--steps'; see `neuroshard verify --help`/,
    ],
    ["a missing option", "generate --model x", /--prompt <text> is missing; see `neuroshard generate --help`/],
    ["a missing value", "train --data", /'--data <path>' argument missing/],
    ["a flag in place of a value", "train --data --json", /--data has no value/],
    ["a superfluous word", "verify --model x y", /too many arguments/],
    ["a number that is none", "train --data x --steps many", /--steps is 'many'; give a whole number from 1/],
    ["a number out of range", "generate --model x --prompt y --top-p 1.5", /--top-p is '1.5'; give a number above 0/],
    ["a negative seed", "train --data x --seed -1", /--seed is '-1'/],
    ["an unknown choice", "bench --engine gpu", /--engine is 'gpu'; choose one of native, wasm/],
  ])("%s", async (_title, line, cause) => {
    expectRefusal(await neuroshard(line.split(" ")), 2, cause);
  });

  test("an unknown preset is refused with those that exist, before anything is written", async () => {
    const out = join(folder, "unknownPreset");
    const finished = await neuroshard(["train", "--data", TEXT, "--preset", "tinny", "--out", out]);
    expectRefusal(finished, 2, /tinny.*; .*tiny/);
    expect(existsSync(out)).toBe(false);
  });

  test("a context that the preset does not have is refused", async () => {
    const { exitCode, stderr } = await neuroshard(trainTiny("--context", "4096"));
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/^neuroshard: --context 4096 [^\n]+\n$/)]);
  });

  test("no command at all prints the help and counts as usage", async () => {
    const { exitCode, stdout, stderr } = await neuroshard([]);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("Usage: neuroshard");
  });
});

describe("data that cannot be used", () => {
  test.concurrent.each<[string, string, RegExp]>([
    ["a missing file", "nowhere.txt", /nowhere\.txt does not exist/],
    ["a binary file", "binary", /binary/],
    ["an empty file", "empty.txt", /empty/],
    ["a file that is too small", "short.txt", /short/],
    ["a damaged line", "bad.jsonl", /line 2 of .*bad\.jsonl/],
    ["a folder without texts", "noTexts", /noTexts/],
  ])("%s is refused, and no run is begun", async (title, name, cause) => {
    const out = join(folder, `out ${title}`);
    const finished = await neuroshard(["train", "--data", join(folder, name), "--preset", "tiny", "--out", out]);
    expectRefusal(finished, 1, cause);
    expect(existsSync(out)).toBe(false);
  });

  test("a prompt that is not UTF-8 is refused", async () => {
    const finished = await neuroshard(["generate", "--model", model, "--prompt", "-"], {
      stdin: Uint8Array.of(0x41, 0xff),
    });
    expectRefusal(finished, 1, /not UTF-8/);
  });
});

interface Manifest {
  readonly config: { layers: number };
  readonly files: Record<string, { readonly bytes: number; readonly sha256: string }>;
}

const sha256Of = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");

describe("checkpoints that cannot be used", () => {
  /** A copy of the model with one file changed. */
  function changed(name: string, change: (bytes: Buffer) => Uint8Array): { copy: string; file: string } {
    const copy = temporaryFolder();
    cpSync(model, copy, { recursive: true });
    const file = join(copy, checkpoint, name);
    writeFileSync(file, change(readFileSync(file)));
    return { copy, file };
  }

  /** Changes the manifest, and its digest of itself with it. */
  function rewriteManifest(copy: string, change: (manifest: Manifest) => void): void {
    const path = join(copy, checkpoint, "checkpoint.json");
    const { sha256: _, ...manifest } = JSON.parse(readFileSync(path, "utf8"));
    change(manifest);
    writeFileSync(path, JSON.stringify({ ...manifest, sha256: sha256Of(JSON.stringify(manifest)) }));
  }

  /** The manifest made to fit what a file has become. */
  function adoptDigest(copy: string, name: string): void {
    const bytes = readFileSync(join(copy, checkpoint, name));
    rewriteManifest(copy, ({ files }) => {
      files[name] = { bytes: bytes.length, sha256: sha256Of(bytes) };
    });
  }

  function flipOneBit(bytes: Buffer): Uint8Array {
    bytes[bytes.length - 100]! ^= 1;
    return bytes;
  }

  test.each(["verify", "generate --prompt x", "export --out exported", "chat"])(
    "one flipped bit: `%s` names the file and goes no further",
    async (line) => {
      const { copy, file } = changed("weights.safetensors", flipOneBit);
      const cwd = temporaryFolder();
      const finished = await neuroshard([...line.split(" "), "--model", copy], { cwd });
      expectRefusal(finished, 1, new RegExp(file.replaceAll(".", "\\.")));
      expect(readdirSync(cwd)).toEqual([]);
    },
  );

  test("one flipped bit: training does not go on from it", async () => {
    const { copy, file } = changed("optimizer.safetensors", flipOneBit);
    expectRefusal(
      await neuroshard(trainTiny("--steps", "3", "--out", copy)),
      1,
      new RegExp(file.replaceAll(".", "\\.")),
    );
    expect(readdirSync(copy).filter((name) => name.startsWith("checkpoint-"))).toEqual([checkpoint]);
  });

  test("a truncated file is named", async () => {
    const { copy } = changed("weights.safetensors", (bytes) => bytes.subarray(0, 1000));
    expectRefusal(await neuroshard(["verify", "--model", copy]), 1, /weights\.safetensors has 1000 bytes/);
  });

  test("a folder without a checkpoint is refused", async () => {
    expectRefusal(await neuroshard(["chat", "--model", folder]), 1, /holds no checkpoint; .*--out/);
  });

  test("a checkpoint of another architecture is refused", async () => {
    const args = ["train", "--data", TEXT, "--preset", "char-cpu", "--steps", "3", "--seed", "1", "--out", model];
    expectRefusal(await neuroshard(args), 1, /is of another run: .+; use the same options, or another --out/);
    const { copy } = changed("checkpoint.json", (bytes) => bytes);
    rewriteManifest(copy, ({ config }) => {
      config.layers += 1;
    });
    expectRefusal(await neuroshard(["generate", "--model", copy, "--prompt", "x"]), 1, /lacks layers\.2/);
  });

  test("a checkpoint with another vocabulary is refused", async () => {
    const { copy } = changed("tokenizer.json", (bytes) => {
      const tokenizer = JSON.parse(bytes.toString());
      tokenizer.merges.pop();
      return Buffer.from(JSON.stringify(tokenizer));
    });
    adoptDigest(copy, "tokenizer.json");
    expectRefusal(
      await neuroshard(["generate", "--model", copy, "--prompt", "x"]),
      1,
      /the tokenizer in .+ has 319 tokens/,
    );
  });

  test("weights that overflow stop the training, and nothing is saved over the checkpoint", async () => {
    const { copy } = changed("weights.safetensors", (bytes) => {
      for (let at = bytes.length - 400; at < bytes.length; at += 4) bytes.writeFloatLE(3e38, at);
      return bytes;
    });
    adoptDigest(copy, "weights.safetensors");
    const { exitCode, stdout, stderr } = await neuroshard([...trainTiny("--steps", "3", "--out", copy), "--json"]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(ONE_LINE);
    expect(stdout).not.toContain('"event":"step"');
    expect(readdirSync(copy).filter((name) => name.startsWith("checkpoint-"))).toEqual([checkpoint]);
  });

  test("another seed in the same folder is refused, and the run stays as it is", async () => {
    const before = readdirSync(join(model, checkpoint));
    expectRefusal(
      await neuroshard(trainTiny("--seed", "2", "--steps", "3", "--out", model)),
      1,
      /its seed is 1, asked is 2/,
    );
    expect(readdirSync(join(model, checkpoint))).toEqual(before);
  });
});

describe("places that cannot be written", () => {
  test("a file in the place of the folder is refused", async () => {
    const finished = await neuroshard(trainTiny("--steps", "1", "--out", join(folder, "short.txt")));
    expectRefusal(finished, 1, /cannot write .*short\.txt.*: a file is in the way/);
  });

  test("a folder with files is no target of an export", async () => {
    expectRefusal(await neuroshard(["export", "--model", model, "--out", folder]), 1, /is not empty/);
  });

  // A limit on the size of files makes writes fail half-way, as a full disk does, and needs no disk of its own.
  test("a disk that fills up leaves the earlier checkpoint and no part of the new one", async () => {
    const copy = temporaryFolder();
    cpSync(model, copy, { recursive: true });
    const script = `ulimit -f 200; neuroshard train --data '${TEXT}' --preset tiny --seed 1 --steps 3 --out '${copy}'`;
    const { exitCode, stdout, stderr } = await bash(script);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr.split("\n").at(-2)).toMatch(/^neuroshard: cannot write .+checkpoint.+; .+$/);
    expect(readdirSync(copy).sort()).toEqual([checkpoint, "data"]);
    expect((await neuroshard(["verify", "--model", copy])).exitCode).toBe(0);
  });
});
