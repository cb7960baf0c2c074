/** What is done with a trained model: generate, chat, verify, export, bench. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HOOK_LIMIT_MS, jsonLines, neuroshard, temporaryFolder, trainTiny } from "./command.ts";

let model: string;
let digest: unknown;
beforeAll(async () => {
  model = join(temporaryFolder(afterAll), "run");
  const { stdout } = await neuroshard([...trainTiny("--steps", "60", "--out", model), "--json"]);
  digest = jsonLines(stdout).at(-1)?.digest;
}, HOOK_LIMIT_MS);

async function text(...more: string[]): Promise<string> {
  const { stdout, stderr } = await neuroshard(["generate", "--model", model, "--max-tokens", "24", "--json", ...more]);
  expect(stderr).toBe("");
  return jsonLines(stdout)[0]!.text as string;
}

describe("generate", () => {
  test("--json prints text, tokens and speed, and nothing else", async () => {
    const args = ["generate", "--model", model, "--prompt", "You may", "--max-tokens", "5", "--seed", "3", "--json"];
    const { exitCode, stdout } = await neuroshard(args);
    expect(exitCode).toBe(0);
    const lines = jsonLines(stdout);
    expect(lines).toEqual([{ text: expect.any(String), tokens: 5, tokensPerSecond: expect.any(Number) }]);
    expect(Object.keys(lines[0]!)).toEqual(["text", "tokens", "tokensPerSecond"]);
  });

  test("the same seed gives the same text on every engine, another seed another text", async () => {
    const first = await text("--prompt", "You", "--seed", "7");
    expect(await text("--prompt", "You", "--seed", "7", "--engine", "wasm", "--threads", "1")).toBe(first);
    expect(await text("--prompt", "You", "--seed", "8")).not.toBe(first);
  });

  test("at temperature 0 the seed does not matter", async () => {
    const first = await text("--prompt", "You", "--temperature", "0", "--seed", "1");
    expect(await text("--prompt", "You", "--temperature", "0", "--seed", "2")).toBe(first);
  });

  test("a stop text ends the answer before it", async () => {
    const whole = await text("--prompt", "You");
    const stop = whole.trim().slice(2, 4);
    const cut = await text("--prompt", "You", "--stop", "never there", "--stop", stop);
    expect(cut).toBe(whole.slice(0, whole.indexOf(stop)));
  });

  test("the prompt may come from stdin, and the plain form prints the text alone", async () => {
    const expected = await text("--prompt", "You may\nnot");
    const args = ["generate", "--model", model, "--prompt", "-", "--max-tokens", "24"];
    const { stdout, stderr } = await neuroshard(args, { stdin: "You may\nnot\n" });
    expect(stdout).toBe(`${expected}\n`);
    expect(stderr).toMatch(/^24 tokens, [\d.,]+ tokens\/s\n$/);
  });

  test("int8 weights and the sampling options are accepted", async () => {
    const sampling = ["--top-k", "5", "--top-p", "0.9", "--repetition-penalty", "1.2"];
    expect(await text("--prompt", "You", "--weights", "int8", ...sampling)).not.toBe("");
  });
});

describe("chat through a pipe", () => {
  const chat = (stdin: string, ...more: string[]) =>
    neuroshard(["chat", "--model", model, "--max-tokens", "12", ...more], { stdin });

  test("each question gets one line, commands and blank lines get none", async () => {
    const { exitCode, stdout, stderr } = await chat(
      "You\n\n/help\n/seed 5\n/bogus\n/seed x\nThe license\n/quit\nnever asked\n",
    );
    expect(exitCode).toBe(0);
    expect(stdout.split("\n")).toHaveLength(3);
    expect(stderr).toContain("/temperature T");
    expect(stderr).toContain("there is no /bogus");
    expect(stderr).toContain("/seed is 'x'; give a whole number");
  });

  test("/seed repeats an answer; without it the next answer differs", async () => {
    const { stdout } = await chat("/seed 5\nYou\nYou\n/seed 5\nYou\n");
    const [first, second, third] = stdout.split("\n");
    expect(third).toBe(first);
    expect(second).not.toBe(first);
  });

  test("/temperature 0 makes the seed irrelevant", async () => {
    const { stdout } = await chat("/temperature 0\nYou\nYou\n");
    const [first, second] = stdout.split("\n");
    expect(second).toBe(first);
  });

  test("--json gives an object per question", async () => {
    const { stdout } = await chat("You\nWork\n", "--json");
    expect(jsonLines(stdout).map((line) => [line.question, Object.keys(line)])).toEqual([
      ["You", ["question", "text", "tokens", "tokensPerSecond"]],
      ["Work", ["question", "text", "tokens", "tokensPerSecond"]],
    ]);
  });
});

test("verify names the files and the digest that training printed", async () => {
  const { exitCode, stdout } = await neuroshard(["verify", "--model", model]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain("weights.safetensors");
  expect(stdout).toMatch(new RegExp(`\\ndigest ${digest}\\n$`));
});

test("export writes what other programs read, under the names they look for", async () => {
  const out = join(temporaryFolder(), "exported");
  const { exitCode, stdout } = await neuroshard(["export", "--model", model, "--out", out, "--json"]);
  expect(exitCode).toBe(0);
  const { files } = jsonLines(stdout)[0] as { files: string[] };
  expect(readdirSync(out).sort()).toEqual([...files].sort());
  expect(JSON.parse(readFileSync(join(out, "config.json"), "utf8"))).toMatchObject({ model_type: "llama" });
  const weights = readFileSync(join(out, "model.safetensors"));
  const header = weights.subarray(8, 8 + Number(weights.readBigUInt64LE(0))).toString();
  expect(JSON.parse(header)).toHaveProperty(["model.embed_tokens.weight"]);
});

test("bench reports its figures with their names", async () => {
  const args = ["bench", "--preset", "tiny", "--seconds", "0.05", "--threads", "1"];
  const [json, plain] = [await neuroshard([...args, "--json"]), await neuroshard(args)];
  expect(jsonLines(json.stdout)[0]).toMatchObject({
    preset: "tiny",
    threads: 1,
    millisecondsPerStep: expect.any(Number),
  });
  expect(plain.stdout).toMatch(/tiny, .+ 1 thread, bf16\n {2}training .+ ms a step/);
});
