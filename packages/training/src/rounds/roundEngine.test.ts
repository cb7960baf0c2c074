/** Work of rounds as a function of blobs: in one go or in parts, with a store that puts at once or later. */
import { ParameterStore, presetOf, trainCharacters } from "@neuroshard/model";
import { blobDigest, committedDigest, type Digest, segmentDigest, type WorkCommit } from "@neuroshard/protocol";
import type { Engine } from "@neuroshard/tensor";
import { openEngine } from "@neuroshard/tensor/node";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { splitTokens } from "../data/split.ts";
import { NeuroInnerLoop } from "./neuroInnerLoop.ts";
import { RoundEngine } from "./roundEngine.ts";
import type { BlobStore, RoundRules, SegmentState, SlotStart, TrainedSlot } from "./roundWorker.ts";

const SEGMENT_STEPS = 2;
const rules: RoundRules = {
  segmentSteps: SEGMENT_STEPS,
  compression: "int8",
  aggregator: "mean",
  trimFraction: 0,
  outerLearningRate: 0.7,
  outerMomentum: 0.9,
};

class MapBlobs implements BlobStore {
  readonly blobs = new Map<Digest, Uint8Array>();

  get(digest: Digest): Uint8Array | undefined {
    return this.blobs.get(digest);
  }

  put(bytes: Uint8Array): Digest {
    const digest = blobDigest(bytes);
    this.blobs.set(digest, bytes.slice());
    return digest;
  }
}

/** Has nothing before it is asked for the digest, as if a thread took its time. */
class LateBlobs extends MapBlobs {
  putLater(parts: readonly Uint8Array[]): () => Digest {
    const bytes = Buffer.concat(parts);
    return () => this.put(bytes);
  }
}

let engine: Engine;
let loop: NeuroInnerLoop;
let blobs: MapBlobs;
let rounds: RoundEngine;
let start: SlotStart;
let whole: TrainedSlot;

beforeAll(async () => {
  engine = await openEngine({ kind: "wasm", threads: 1 });
  const text = "the quick brown fox jumps over the lazy dog and runs away. ".repeat(30);
  const tokenizer = trainCharacters(text);
  const { train, validation } = splitTokens(Uint16Array.from(tokenizer.encode(text)));
  const { model, training } = presetOf("tiny");
  const { learningRate, warmUpSteps } = training;
  const context = {
    seed: 1,
    mode: "bf16",
    batch: 2,
    context: 8,
    learningRate,
    warmUpSteps,
    scheduledSteps: 50,
  } as const;
  const store = new ParameterStore(engine, { vocabularySize: tokenizer.vocabularySize, ...model }, "training");
  loop = new NeuroInnerLoop(engine, store, { recipe: { ...context, schedule: "cosine" }, train, heldOut: validation });
});
afterAll(() => engine.close());

beforeEach(() => {
  blobs = new MapBlobs();
  rounds = roundsOn(blobs);
  start = {
    ...{ roundSeed: "07".repeat(32) as Digest, slot: 1, baseModel: rounds.initialModel() },
    ...{ startOptimizer: null, startResidual: null, stepsBefore: 3, steps: 5, rules },
  };
  whole = rounds.train(start, { throwIfAborted });
});

function throwIfAborted(): void {}

function roundsOn(store: BlobStore): RoundEngine {
  return new RoundEngine({ loop, blobs: store, seed: 1, nowMs: () => 0 });
}

/** Ends the work before step `steps`. */
function abortAt(steps: number): () => void {
  let asked = 0;
  return () => {
    if (asked++ === steps) throw new Error("interrupted");
  };
}

test("a store that puts later gets the same blobs under the same digests", () => {
  const late = new LateBlobs();
  const other = roundsOn(late);
  other.initialModel();
  expect(other.train(start, { throwIfAborted })).toEqual(whole);
  expect([...late.blobs.keys()].sort()).toEqual([...blobs.blobs.keys()].sort());
});

test.each([0, 1, 2, 3, 4, 5])(
  "work that is interrupted after %i steps has told of its segments, and goes on from them",
  (steps) => {
    const late = new LateBlobs();
    const other = roundsOn(late);
    other.initialModel();
    const told: SegmentState[] = [];
    const interrupted = () =>
      other.train(start, { throwIfAborted: abortAt(steps), onSegment: (state) => told.push(state) });
    if (steps < 5) expect(interrupted).toThrow("interrupted");
    else interrupted();
    expect(told).toEqual(whole.states.slice(0, steps < 5 ? Math.floor(steps / SEGMENT_STEPS) : 3));
    expect(other.train(start, { throwIfAborted, resumeFrom: told })).toEqual(whole);
  },
);

test("a second round goes on from optimiser and residual of the first, and differs from one that forgot either", () => {
  const last = whole.states.at(-1)!;
  const { model } = rounds.outerStep({ baseModel: start.baseModel, deltas: [whole.delta], rules });
  const next = { ...start, baseModel: model, startOptimizer: last.optimizer, startResidual: whole.endResidual };
  const trained = rounds.train(next, { throwIfAborted });
  for (const forgotten of [{ startOptimizer: null }, { startResidual: null }]) {
    expect(rounds.train({ ...next, ...forgotten }, { throwIfAborted }).delta).not.toBe(trained.delta);
  }
});

test("every part is replayed from its start to what was committed, and nothing of it is kept", () => {
  const segments = whole.states.map(({ weights, optimizer }) => segmentDigest(weights, optimizer));
  const commit = { ...whole, segments } as unknown as WorkCommit;
  const before = blobs.blobs.size;
  for (const segment of [0, 1, 2, 3]) {
    const from = whole.states[segment - 1] ?? { weights: start.baseModel.weights, optimizer: null };
    const answer = rounds.replay({ start, segment, interiorStep: 1, from }, throwIfAborted);
    const committed = committedDigest(commit, segment);
    expect(answer).toMatchObject({ kind: "replayed", end: committed });
    // The last segment has one step: after it, too, what shows that it was replayed is not what was published.
    expect(answer).not.toMatchObject({ interior: committed });
  }
  expect(blobs.blobs.size).toBe(before);
});
