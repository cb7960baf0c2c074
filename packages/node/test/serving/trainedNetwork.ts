/** A network whose first model was trained, by the worker of rounds, until it writes the words of its text; and nodes of it. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Digest, ModelDigest, TrainingGenesis } from "@neuroshard/protocol";
import type { RoundRules, SlotStart } from "@neuroshard/training";
import { FileBlobStore } from "../../src/blobs/fileBlobStore.ts";
import { initHome } from "../../src/chain/homeFiles.ts";
import { prepareNetworkTraining } from "../../src/rounds/prepareNetworkTraining.ts";
import { ThreadWorker } from "../../src/rounds/threadWorker.ts";

const RULES: RoundRules = {
  segmentSteps: 60,
  compression: "int8",
  aggregator: "mean",
  trimFraction: 0,
  outerLearningRate: 0.7,
  outerMomentum: 0.9,
};
const STEPS = 120;

const STORY = Array.from(
  { length: 40 },
  (_, i) => `Anna counts ${i} boats – ${(i * 7) % 10} naïve kites 🙂 on the lake.`,
);
const TALK = Array.from({ length: 40 }, (_, i) => `User: How many boats?\nNeuro: Anna counts ${i % 10} boats.\n`);

export interface TrainedNetwork {
  readonly home: string;
  readonly blobs: FileBlobStore;
  /** Its model is the trained one. */
  readonly training: TrainingGenesis;
  /** After half of the training. */
  readonly earlier: ModelDigest;
  remove(): Promise<void>;
}

export async function trainedNetwork(): Promise<TrainedNetwork> {
  const folder = await mkdtemp(join(tmpdir(), "serving-"));
  const home = join(folder, "home");
  const data = join(folder, "text.txt");
  await writeFile(data, [...STORY, ...TALK].join("\n"));
  const blobs = new FileBlobStore({ folder: join(home, "blobs"), quotaBytes: 1e9 });
  const untrained = await prepareNetworkTraining({ data, preset: "tiny", seed: 5, engine: "wasm", threads: 1 }, blobs);
  const [earlier, model] = await train(untrained, blobs);
  const training = { ...untrained, model: model! };
  await initHome({ home, name: "served", preset: "minimal", allocations: [], createdAtMs: 0, training });
  return { home, blobs, training, earlier: earlier!, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function train(training: TrainingGenesis, blobs: FileBlobStore): Promise<readonly ModelDigest[]> {
  const worker = new ThreadWorker({ training, blobs, engine: "wasm", threads: 1 });
  const start: SlotStart = {
    ...{ roundSeed: "07".repeat(32) as Digest, slot: 0, baseModel: training.model },
    ...{ startOptimizer: null, startResidual: null, stepsBefore: 0, steps: STEPS, rules: RULES },
  };
  try {
    const { states } = await worker.train(start, { signal: new AbortController().signal });
    return states.map(({ weights }) => ({ weights, momentum: training.model.momentum }));
  } finally {
    await worker.close();
  }
}
