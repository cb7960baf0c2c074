/** Whole runs on this machine: the same weights on every engine and however often a run is stopped and continued. */
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ParameterStore } from "@neuroshard/model";
import { ReferenceEngine } from "@neuroshard/tensor";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requireCheckpoint } from "../checkpoint/findCheckpoint.ts";
import { loadOptimizer, loadTokenizer, loadWeights } from "../checkpoint/loadCheckpoint.ts";
import { writeCheckpoint } from "../checkpoint/writeCheckpoint.ts";
import type { TrainEvent, TrainOptions } from "./trainEvents.ts";
import { trainLocally } from "./trainLocally.ts";

const STEPS = 12;
let folder = "";
let text = "";
let common: TrainOptions;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "run-"));
  text = join(folder, "text.txt");
  const lines = Array.from({ length: 60 }, (_, i) => `Anna counts ${i} boats and ${(i * 7) % 10} kites on the lake.`);
  await writeFile(text, lines.join("\n"));
  const size = { batch: 2, context: 16, threads: 1 } as const;
  common = { data: text, preset: "tiny", steps: STEPS, seed: 5, schedule: "cosine", warmUpSteps: 3, ...size };
});
afterAll(() => rm(folder, { recursive: true }));

type Change = Omit<Partial<TrainOptions>, "engine"> & { readonly engine?: "fastest" };
type EventOf<K extends TrainEvent["event"]> = Extract<TrainEvent, { event: K }>;

/** Runs and returns the events; `stopAfter` asks the run to end once it has done that step. The engine is wasm with one thread. */
async function train(change: Change = {}, stopAfter = Number.POSITIVE_INFINITY): Promise<TrainEvent[]> {
  const events: TrainEvent[] = [];
  const stop = new AbortController();
  if (stopAfter === 0) stop.abort();
  const onEvent = (event: TrainEvent): void => {
    events.push(event);
    if (event.event === "step" && event.step >= stopAfter) stop.abort();
  };
  const { engine, ...rest } = change;
  const options = { ...common, ...rest, ...(engine === undefined && { engine: "wasm" as const }) };
  await trainLocally(options, onEvent, stop.signal);
  return events;
}

function all<K extends TrainEvent["event"]>(events: readonly TrainEvent[], kind: K): EventOf<K>[] {
  return events.filter((event): event is EventOf<K> => event.event === kind);
}

const digestOf = (events: readonly TrainEvent[]): string | undefined => all(events, "done")[0]?.digest;
const lossesOf = (events: readonly TrainEvent[]): number[] => all(events, "step").map(({ loss }) => loss);

describe("a run", () => {
  let whole: TrainEvent[] = [];
  let out = "";
  beforeAll(async () => {
    out = join(folder, "whole");
    whole = await train({ out, evaluateEverySteps: 5, saveEverySteps: 10 });
  });

  test("tells its start, its steps, its evaluations, its savings and its end", () => {
    const told = whole.map((event) => event.event).join(" ");
    const steps = (count: number): string => Array(count).fill("step").join(" ");
    expect(told).toBe(`start ${steps(5)} eval ${steps(5)} eval saved ${steps(2)} eval saved done`);
    const [start] = all(whole, "start");
    expect(start).toMatchObject({ preset: "tiny", engine: "wasm", threads: 1, mode: "bf16", step: 0, steps: STEPS });
    expect(all(whole, "step").map(({ step }) => step)).toEqual(Array.from({ length: STEPS }, (_, i) => i + 1));
    expect(whole.at(-1)).toMatchObject({
      event: "done",
      steps: STEPS,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test("leaves a checkpoint with the digest that it told, and its last validation loss", async () => {
    const { manifest } = await requireCheckpoint(out);
    const { valLoss } = all(whole, "eval").at(-1)!;
    expect(manifest).toMatchObject({ step: STEPS, digest: digestOf(whole), validationLoss: valLoss });
    expect((await readdir(out)).sort()).toEqual(["checkpoint-000000010", "checkpoint-000000012", "data"]);
  });

  test("has the same losses and digest without a folder, where it writes nothing", async () => {
    const before = await readdir(folder);
    const again = await train();
    expect([lossesOf(again), digestOf(again)]).toEqual([lossesOf(whole), digestOf(whole)]);
    expect(await readdir(folder)).toEqual(before);
  });

  test("has the same digest on another engine with more threads, and with samples on the way", async () => {
    const events = await train({ engine: "fastest", threads: 2, sampleEverySeconds: 0, samplePrompt: "Anna" });
    expect(digestOf(events)).toBe(digestOf(whole));
    const samples = all(events, "sample");
    expect(samples.length).toBe(STEPS - 1);
    expect(samples.every(({ text: sample }) => sample.startsWith("Anna"))).toBe(true);
  });

  test("in the other mode, or with another seed, has another digest", async () => {
    expect(digestOf(await train({ mode: "f32" }))).not.toBe(digestOf(whole));
    expect(digestOf(await train({ seed: 6 }))).not.toBe(digestOf(whole));
  });

  test("that is stopped twice and continued on other engines is the run in one go", async () => {
    const parts = join(folder, "parts");
    const first = await train({ out: parts }, 4);
    expect(first.at(-1)).toEqual({ event: "stopped", step: 4, path: join(parts, "checkpoint-000000004") });
    const second = await train({ out: parts, threads: 2 }, 9);
    expect(all(second, "start")[0]?.step).toBe(4);
    const third = await train({ out: parts, engine: "fastest" });
    expect([...lossesOf(first), ...lossesOf(second), ...lossesOf(third)]).toEqual(lossesOf(whole));
    expect(digestOf(third)).toBe(digestOf(whole));
  });

  test("that has ended tells its digest again and does nothing more", async () => {
    const before = await readdir(out);
    const again = await train({ out });
    expect(again.map(({ event }) => event)).toEqual(["start", "done"]);
    expect(digestOf(again)).toBe(digestOf(whole));
    expect(await readdir(out)).toEqual(before);
  });

  test("that is stopped before its first step saves what it begins with", async () => {
    const none = join(folder, "none");
    const events = await train({ out: none }, 0);
    expect(events.at(-1)).toMatchObject({ event: "stopped", step: 0 });
    expect(digestOf(await train({ out: none }))).toBe(digestOf(whole));
  });

  test("that is continued and stopped at once keeps the checkpoint that it has", async () => {
    const kept = join(folder, "kept");
    await train({ out: kept, evaluateEverySteps: 2 }, 4);
    const { path, manifest } = await requireCheckpoint(kept);
    expect(manifest.validationLoss).not.toBeNull();
    expect(await train({ out: kept }, 0)).toEqual([
      expect.objectContaining({ event: "start", step: 4 }),
      { event: "stopped", step: 4, path },
    ]);
    expect(await requireCheckpoint(kept)).toEqual({ path, manifest });
  });
});

describe("a folder with a run", () => {
  let out = "";
  beforeAll(async () => {
    out = join(folder, "begun");
    await train({ out }, 3);
  });

  test.each<[string, Change, RegExp]>([
    ["another seed", { seed: 6 }, /its seed is 5, asked is 6/],
    ["another mode", { mode: "f32" }, /its mode is bf16, asked is f32/],
    ["another batch", { batch: 3 }, /its batch is 2, asked is 3/],
    ["another context", { context: 8 }, /its context is 16, asked is 8/],
    ["another learning rate", { learningRate: 0.5 }, /its learningRate is 0.003, asked is 0.5/],
    ["another schedule", { schedule: "constant" }, /its schedule is cosine, asked is constant/],
    ["another warm-up", { warmUpSteps: 4 }, /its warmUpSteps is 3, asked is 4/],
    ["another end of its schedule", { steps: 20 }, /its scheduledSteps is 12, asked is 20/],
    ["another preset", { preset: "nano" }, /its model has \w+ \d+, asked is \d+/],
  ])("is not continued with %s", async (_, change, message) => {
    const before = await readdir(out);
    await expect(train({ out, ...change })).rejects.toMatchObject({
      code: "OTHER_RUN",
      message: expect.stringMatching(message),
    });
    expect(await readdir(out)).toEqual(before);
  });

  test("is not continued with other text of the same name", async () => {
    const other = await mkdtemp(join(folder, "other-"));
    const data = join(other, "text.txt");
    await writeFile(data, "Ben counts stars. ".repeat(200));
    await expect(train({ out, data })).rejects.toMatchObject({
      code: "OTHER_RUN",
      message: expect.stringContaining("it was trained on text.txt with other content"),
    });
  });

  test("with a constant schedule may be trained for longer, but has no way back", async () => {
    const constant = join(folder, "constant");
    const change = { out: constant, schedule: "constant" } as const;
    await train({ ...change, steps: 3 });
    const events = await train({ ...change, steps: 5 });
    expect(all(events, "step").map(({ step }) => step)).toEqual([4, 5]);
    expect(digestOf(await train({ schedule: "constant", steps: 5 }))).toBe(digestOf(events));
    await expect(train({ ...change, steps: 4 })).rejects.toMatchObject({ code: "OTHER_RUN" });
  });
});

test("weights that are not numbers end a run with a named error, and are not saved", async () => {
  const out = join(folder, "spoilt");
  await train({ out }, 2);
  const found = await requireCheckpoint(out);
  const store = new ParameterStore(new ReferenceEngine(), found.manifest.config, "training");
  await loadWeights(store, found);
  await loadOptimizer(store, found);
  store.values("weights", store.specs[2]!)[3] = Number.NaN;
  const { preset, config, recipe, data } = found.manifest;
  const description = { preset, step: 3, config, recipe, data, validationLoss: null };
  await writeCheckpoint(out, store, await loadTokenizer(found), description);
  const before = await readdir(out);
  await expect(train({ out })).rejects.toMatchObject({
    code: "NOT_FINITE",
    message: expect.stringContaining("of step 4 is not a finite number"),
  });
  expect(await readdir(out)).toEqual(before);
});

test.each<[string, Change]>([
  ["--steps", { steps: 0 }],
  ["--steps", { steps: 1.5 }],
  ["--batch", { batch: 0 }],
  ["--context", { context: 33 }],
  ["--context", { context: -1 }],
  ["--threads", { threads: 65 }],
  ["--seed", { seed: -1 }],
  ["--seed", { seed: 2 ** 53 }],
  ["--learning-rate", { learningRate: 0 }],
  ["--learning-rate", { learningRate: Number.NaN }],
])("%s of %o is refused before anything is written", async (option, change) => {
  const out = join(folder, "never");
  await expect(train({ out, ...change })).rejects.toMatchObject({
    code: "BAD_OPTION",
    message: expect.stringContaining(option),
  });
  expect(await readdir(folder)).not.toContain("never");
});
