/** Work of rounds on a thread: the same digests on every engine, from every part, after every interruption. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { Worker } from "node:worker_threads";
import {
  committedDigest,
  type Digest,
  segmentDigest,
  type TrainingGenesis,
  type WorkCommit,
} from "@neuroshard/protocol";
import {
  BlobMissing,
  type RoundRules,
  type SegmentState,
  type SlotStart,
  type TrainedSlot,
  type TrainProgress,
} from "@neuroshard/training";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { FileBlobStore } from "../blobs/fileBlobStore.ts";
import { type EngineChoice, openNetworkModel } from "./networkModel.ts";
import { prepareNetworkTraining } from "./prepareNetworkTraining.ts";
import { ThreadWorker } from "./threadWorker.ts";

const rules: RoundRules = {
  segmentSteps: 2,
  compression: "int8",
  aggregator: "mean",
  trimFraction: 0,
  outerLearningRate: 0.7,
  outerMomentum: 0.9,
};
const NOWHERE = "ab".repeat(32) as Digest;

let home = "";
let blobs: FileBlobStore;
let training: TrainingGenesis;
let start: SlotStart;
let whole: TrainedSlot;
/** For tests that leave their worker as it was. */
let shared: ThreadWorker;
let open: ThreadWorker[] = [];

/** Ended after the test. */
function worker(choice: EngineChoice = { engine: "wasm", threads: 1 }, store = blobs): ThreadWorker {
  const made = new ThreadWorker({ training, blobs: store, ...choice });
  open.push(made);
  return made;
}

const untilEnd = (): AbortSignal => new AbortController().signal;

/** What does not depend on the clock. */
function exact({ innerMs, otherMs, ...rest }: TrainedSlot) {
  return rest;
}

function commitOf({ states, delta, endResidual }: TrainedSlot): WorkCommit {
  const segments = states.map(({ weights, optimizer }) => segmentDigest(weights, optimizer));
  return { segments, delta, endResidual } as unknown as WorkCommit;
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "thread-"));
  const data = join(home, "text.txt");
  const lines = Array.from({ length: 60 }, (_, i) => `Anna counts ${i} boats and ${(i * 7) % 10} kites on the lake.`);
  await writeFile(data, lines.join("\n"));
  blobs = new FileBlobStore({ folder: join(home, "blobs"), quotaBytes: 2 ** 30 });
  training = await prepareNetworkTraining({ data, preset: "tiny", seed: 5, engine: "wasm", threads: 1 }, blobs);
  start = {
    ...{ roundSeed: "07".repeat(32) as Digest, slot: 3, baseModel: training.model },
    ...{ startOptimizer: null, startResidual: null, stepsBefore: 10, steps: 5, rules },
  };
  shared = new ThreadWorker({ training, blobs, engine: "wasm", threads: 1 });
  whole = await shared.train(start, { signal: untilEnd() });
});
afterEach(async () => {
  await Promise.all(open.map((each) => each.close()));
  open = [];
});
afterAll(async () => {
  await shared.close();
  await rm(home, { recursive: true });
});

describe("a slot", () => {
  test("has a state after each segment, in the store", () => {
    expect(whole.states).toHaveLength(3);
    const digests = whole.states.flatMap(({ weights, optimizer }) => [weights, optimizer]);
    for (const digest of [...digests, whole.delta, whole.endResidual]) expect(blobs.has(digest)).toBe(true);
    expect(blobs.get(whole.states[2]!.weights)).toHaveLength(4 * training.parameters);
    expect(whole.samples).toBe(5 * training.batch);
    expect(whole.lastLoss).toBeLessThan(whole.firstLoss);
  });

  test("has the same digests on the engine of this machine as on WebAssembly", async () => {
    expect(exact(await worker({ threads: 2 }).train(start, { signal: untilEnd() }))).toEqual(exact(whole));
  });

  test("tells of each segment while it trains", async () => {
    const told: (readonly [SegmentState, TrainProgress])[] = [];
    const onSegment = (state: SegmentState, progress: TrainProgress) => void told.push([state, progress]);
    await shared.train(start, { signal: untilEnd(), onSegment });
    expect(told.map(([state]) => state)).toEqual(whole.states);
    expect(told.map(([, { stepsDone }]) => stepsDone)).toEqual([2, 4, 5]);
  });

  test.each([1, 2, 3])("goes on after %i segments to the same end, and reports the same", async (segments) => {
    const resumeFrom = whole.states.slice(0, segments);
    expect(exact(await shared.train(start, { signal: untilEnd(), resumeFrom }))).toEqual(exact(whole));
  });

  test.each([0, 1, 2, 3])("part %i is replayed from its start alone to what was committed", async (segment) => {
    const from = whole.states[segment - 1] ?? { weights: training.model.weights, optimizer: null };
    const answer = await shared.replay({ start, segment, interiorStep: 1, from }, untilEnd());
    const committed = committedDigest(commitOf(whole), segment);
    expect(answer).toMatchObject({ kind: "replayed", end: committed });
    const published = [committed, ...whole.states.flatMap(({ weights, optimizer }) => [weights, optimizer])];
    expect(published).not.toContain((answer as { interior: Digest }).interior);
  });

  test("replayed from a state that differs in the last bit of one weight, or on other data, ends elsewhere", async () => {
    const [first, committed] = [whole.states[0]!, committedDigest(commitOf(whole), 1)];
    const weights = blobs.get(first.weights)!.slice();
    weights[4 * 7]! ^= 1;
    const moved = { ...first, weights: blobs.put(weights) };
    const changes = [{ from: moved }, { start: { ...start, slot: 4 } }];
    for (const change of changes) {
      const answer = await shared.replay({ start, segment: 1, interiorStep: 1, from: first, ...change }, untilEnd());
      expect(answer).not.toMatchObject({ end: committed });
    }
  });
});

describe("the other jobs", () => {
  test("give the initial model of the genesis, check and take in a contribution, and evaluate", async () => {
    expect(await shared.initialModel()).toEqual(training.model);
    expect(await shared.check(whole.delta, rules)).toBeNull();
    expect(await shared.check(whole.endResidual, rules)).not.toBeNull();
    const { model, faults } = await shared.outerStep({ baseModel: training.model, deltas: [whole.delta], rules });
    expect(faults).toEqual([null]);
    const [before, after] = [await shared.evaluate(training.model.weights), await shared.evaluate(model.weights)];
    expect(after).toBeLessThan(before);
  });

  test("jobs that are asked for at once are done one after the other", async () => {
    const each = worker();
    const results = await Promise.all([
      each.initialModel(),
      each.evaluate(training.model.weights),
      each.initialModel(),
    ]);
    expect(results[2]).toEqual(results[0]);
  });
});

describe("what goes wrong", () => {
  test("an aborted job rejects with the reason, and the next one is not concerned", async () => {
    const controller = new AbortController();
    const reason = new Error("something more urgent");
    const onSegment = () => controller.abort(reason);
    const long = { ...start, steps: 100_000 };
    await expect(shared.train(long, { signal: controller.signal, onSegment })).rejects.toBe(reason);
    await expect(shared.train(start, { signal: controller.signal })).rejects.toBe(reason);
    expect(exact(await shared.train(start, { signal: untilEnd() }))).toEqual(exact(whole));
  });

  test("what listens to the progress may fail: the job does, and nothing else", async () => {
    const fault = new Error("the notes cannot be written");
    const onSegment = () => {
      throw fault;
    };
    await expect(shared.train({ ...start, steps: 100_000 }, { signal: untilEnd(), onSegment })).rejects.toBe(fault);
    expect(await shared.initialModel()).toEqual(training.model);
  });

  test("a blob that is not here is named", async () => {
    const error = await shared.evaluate(NOWHERE).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BlobMissing);
    expect(error).toMatchObject({ digest: NOWHERE });
  });

  test("a damaged blob is told by the store of this thread, and is missing", async () => {
    const damaged: Digest[] = [];
    const folder = join(home, "damaged");
    const store = new FileBlobStore({ folder, quotaBytes: 2 ** 30, onDamage: (digest) => void damaged.push(digest) });
    for (const { digest } of [training.tokenizer, training.trainTokens, training.validationTokens]) {
      store.put(blobs.get(digest)!);
    }
    const each = worker({ engine: "wasm", threads: 1 }, store);
    const { weights } = await each.initialModel();
    const path = join(folder, weights.slice(0, 2), weights);
    const bytes = await readFile(path);
    bytes[8]! ^= 1;
    await writeFile(path, bytes);
    const error = await each.evaluate(weights).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ digest: weights });
    expect(damaged).toEqual([weights]);
    expect(store.has(weights)).toBe(false);
  });

  test("training data that is not here is named, and the thread works once it has come", async () => {
    const empty = new FileBlobStore({ folder: join(home, "empty"), quotaBytes: 2 ** 30 });
    const each = worker({ engine: "wasm", threads: 1 }, empty);
    await expect(each.initialModel()).rejects.toMatchObject({ digest: training.tokenizer.digest });
    for (const { digest } of [training.tokenizer, training.trainTokens, training.validationTokens]) {
      empty.put(blobs.get(digest)!);
    }
    expect(await each.initialModel()).toEqual(training.model);
  });

  test("a thread that ends takes its job with it, and the next job has a new one", async () => {
    const each = worker();
    const threads: Worker[] = [];
    const note = (thread: Worker) => void threads.push(thread);
    process.on("worker", note);
    const long = { ...start, steps: 100_000 };
    const job = each.train(long, { signal: untilEnd(), onSegment: () => void threads[0]!.terminate() });
    await expect(job).rejects.toMatchObject({ code: "WORKER_FAILED" });
    process.off("worker", note);
    expect(await each.initialModel()).toEqual(training.model);
  });

  test("what is asked of a closed worker is refused", async () => {
    const each = worker({});
    const long = each.train({ ...start, steps: 100_000 }, { signal: untilEnd(), onSegment: () => void each.close() });
    await expect(long).rejects.toMatchObject({ code: "WORKER_FAILED" });
    await expect(each.initialModel()).rejects.toMatchObject({ code: "WORKER_FAILED" });
  });
});

describe("a genesis whose parts do not fit together", () => {
  const changes: readonly (readonly [string, Partial<TrainingGenesis>])[] = [
    ["of an unknown preset", { preset: "enormous" }],
    ["with a context that the preset does not take", { context: 33 }],
    ["of another vocabulary", { vocabularySize: 300 }],
    ["with another number of parameters", { parameters: 7 }],
    ["with tokens of three bytes", { tokenBytes: 3 }],
  ];
  test.each(changes)("%s is refused", async (_, change) => {
    const opening = openNetworkModel({ ...training, ...change }, blobs, { engine: "wasm", threads: 1 });
    await expect(opening).rejects.toMatchObject({ code: "BAD_GENESIS" });
  });

  test("with a token beyond the vocabulary is refused", async () => {
    const bytes = blobs.get(training.trainTokens.digest)!.slice();
    bytes[11] = 0xff;
    const trainTokens = { digest: blobs.put(bytes), bytes: bytes.length };
    const opening = openNetworkModel({ ...training, trainTokens }, blobs, { engine: "wasm", threads: 1 });
    await expect(opening).rejects.toThrow("its trainTokens have id");
  });
});
