import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { trainLocally } from "../training/trainLocally.ts";
import { type Generated, type GenerateOptions, type LocalModel, openModel } from "./localModel.ts";

let folder = "";
let run = "";
let model: LocalModel;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "model-"));
  run = join(folder, "run");
  const data = join(folder, "text.txt");
  const lines = Array.from({ length: 60 }, (_, i) => `Anna counts ${i} boats – ${(i * 7) % 10} kites on the lake.`);
  await writeFile(data, lines.join("\n"));
  const size = { batch: 4, context: 16, steps: 60, seed: 1 };
  const options = { data, preset: "tiny", engine: "wasm", threads: 1, out: run, ...size } as const;
  await trainLocally(options, () => undefined, new AbortController().signal);
  model = await openModel({ model: run, engine: "wasm", threads: 1 });
});
afterAll(async () => {
  model.close();
  await rm(folder, { recursive: true });
});

async function generate(
  options: Partial<GenerateOptions> = {},
  from = model,
): Promise<Generated & { shown: string[] }> {
  const shown: string[] = [];
  const whole = { prompt: "Anna counts", maxTokens: 40, seed: 1, ...options };
  const generated = await from.generate(whole, (piece) => shown.push(piece), new AbortController().signal);
  return { ...generated, shown };
}

describe("a local model", () => {
  test("describes what it is", () => {
    const { preset, step, parameters, chats, validationLoss } = model.description;
    expect([preset, step, chats]).toEqual(["tiny", 60, false]);
    expect(parameters).toBeGreaterThan(10_000);
    expect(validationLoss).toBeGreaterThan(0);
  });

  test("generates the same text for the same seed, also when it is opened on another engine", async () => {
    const { text } = await generate({ temperature: 1 });
    expect((await generate({ temperature: 1 })).text).toBe(text);
    expect((await generate({ temperature: 1, seed: 2 })).text).not.toBe(text);
    const other = await openModel({ model: run, threads: 2 });
    expect((await generate({ temperature: 1 }, other)).text).toBe(text);
    other.close();
  });

  test("shows the text piece by piece, and counts its tokens", async () => {
    const { text, shown, tokens, finish } = await generate();
    expect(shown.join("")).toBe(text);
    expect(shown.length).toBeGreaterThan(3);
    expect([tokens, finish]).toEqual([40, "length"]);
  });

  test("ends before a stop string, and says so", async () => {
    const { text } = await generate({ temperature: 0 });
    const stop = text.slice(9, 12);
    const stopped = await generate({ temperature: 0, stop: [stop] });
    expect(stopped).toMatchObject({ text: text.slice(0, text.indexOf(stop)), finish: "stop" });
    expect(stopped.tokens).toBeLessThan(40);
  });

  test("ends after the present token when it is asked to", async () => {
    const end = new AbortController();
    const options = { prompt: "Anna", maxTokens: 40, seed: 1 };
    const generated = await model.generate(options, () => end.abort(), end.signal);
    expect(generated.finish).toBe("aborted");
    expect(generated.tokens).toBeLessThan(10);
  });

  test("takes an empty prompt and generates nothing when nothing is asked for", async () => {
    expect((await generate({ prompt: "" })).tokens).toBeGreaterThan(0);
    expect(await generate({ maxTokens: 0 })).toMatchObject({ text: "", tokens: 0, finish: "length" });
  });

  test("with int8 weights is still a model of the same text", async () => {
    const small = await openModel({ model: run, engine: "wasm", threads: 1, weights: "int8" });
    const { text } = await generate({ temperature: 0 }, small);
    small.close();
    expect(text.slice(0, 3)).toBe((await generate({ temperature: 0 })).text.slice(0, 3));
  });

  test("that does not exist is refused", async () => {
    await expect(openModel({ model: join(folder, "nowhere") })).rejects.toMatchObject({ code: "NO_CHECKPOINT" });
  });
});
