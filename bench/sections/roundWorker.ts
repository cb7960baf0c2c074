/**
 * What a node computes for a round, on its own thread: how much of a slot is not training, what the other jobs take, how long
 * the node's event loop stands still meanwhile, and how much memory the process has.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { FileBlobStore, prepareNetworkTraining, ThreadWorker } from "@neuroshard/node";
import type { Digest, TrainingGenesis } from "@neuroshard/protocol";
import type { RoundRules, SlotStart, TrainedSlot } from "@neuroshard/training";
import { watchOtherLoad } from "../measure/otherLoad.ts";
import type { SectionResult } from "../report/sectionText.ts";
import type { Table } from "../report/table.ts";
import type { Target } from "../report/target.ts";
import type { BenchContext } from "./section.ts";

const PRESETS = ["nano", "small"] as const;
type Preset = (typeof PRESETS)[number];

const THREADS = 2;
const STEPS = 50;
const CONTRIBUTIONS = 16;
const QUOTA_BYTES = 20e9;
const NANOSECONDS_PER_MS = 1e6;
const RULES: RoundRules = {
  segmentSteps: 5,
  compression: "int8",
  aggregator: "trimmed-mean",
  trimFraction: 0.1,
  outerLearningRate: 0.7,
  outerMomentum: 0.9,
};

/** Milliseconds, unless the name says otherwise. */
interface Measured {
  readonly parameters: number;
  readonly inner: number;
  readonly around: number;
  readonly otherCores: number | null;
  readonly delayP99: number;
  readonly delayMost: number;
  readonly replay: number;
  readonly check: number;
  readonly outerStep: number;
  readonly evaluation: number;
  readonly residentMegabytes: number;
}

function startOf({ model }: TrainingGenesis): SlotStart {
  const place = { roundSeed: "5a".repeat(32) as Digest, slot: 0, stepsBefore: 0, steps: STEPS };
  return { ...place, baseModel: model, startOptimizer: null, startResidual: null, rules: RULES };
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [result: T, ms: number]> {
  const startedAt = performance.now();
  const result = await work();
  return [result, performance.now() - startedAt];
}

async function trainWatched(worker: ThreadWorker, start: SlotStart) {
  const load = watchOtherLoad(process.pid);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const trained = await worker.train(start, { signal: new AbortController().signal });
  delay.disable();
  const delayP99 = delay.percentile(99) / NANOSECONDS_PER_MS;
  return { trained, delayP99, delayMost: delay.max / NANOSECONDS_PER_MS, otherCores: load() };
}

async function measureJobs(worker: ThreadWorker, start: SlotStart, { states, delta }: TrainedSlot) {
  const { signal } = new AbortController();
  const from = states[0]!;
  const [, replay] = await timed(() => worker.replay({ start, segment: 1, interiorStep: 3, from }, signal));
  const [, check] = await timed(() => worker.check(delta, RULES));
  const deltas = Array<Digest>(CONTRIBUTIONS).fill(delta);
  const [{ model }, outerStep] = await timed(() =>
    worker.outerStep({ baseModel: start.baseModel, deltas, rules: RULES }),
  );
  const [, evaluation] = await timed(() => worker.evaluate(model.weights));
  return { replay, check, outerStep, evaluation };
}

async function measurePreset(context: BenchContext, preset: Preset): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), "neuroshard-bench-"));
  const blobs = new FileBlobStore({ folder, quotaBytes: QUOTA_BYTES });
  context.onProgress(`${preset}: data and first model`);
  const training = await prepareNetworkTraining({ data: "stories", preset, seed: 1, threads: THREADS }, blobs);
  const worker = new ThreadWorker({ training, blobs, threads: THREADS });
  try {
    const start = startOf(training);
    // The first steps of a thread are slower: the model is opened, memory is new.
    await worker.train({ ...start, steps: RULES.segmentSteps }, { signal: new AbortController().signal });
    context.onProgress(`${preset}: ${STEPS} steps`);
    const { trained, ...watched } = await trainWatched(worker, start);
    context.onProgress(`${preset}: the other jobs`);
    const jobs = await measureJobs(worker, start, trained);
    return {
      parameters: training.parameters,
      inner: trained.innerMs,
      around: trained.otherMs,
      ...watched,
      ...jobs,
      residentMegabytes: process.resourceUsage().maxRSS / 1000,
    };
  } finally {
    await worker.close();
    await rm(folder, { recursive: true });
  }
}

function tableOf(measured: ReadonlyMap<Preset, Measured>): Table {
  return {
    title: `A slot of ${STEPS} steps in segments of ${RULES.segmentSteps}, and the other jobs, in milliseconds`,
    header: [
      ...["preset", "parameters", "steps", "around them", "loop delay p99", "loop delay max"],
      ...["replay", "check", `outer step, ${CONTRIBUTIONS}`, "evaluation", "MB"],
    ],
    rows: [...measured].map(([preset, one]) => [
      preset,
      one.parameters.toLocaleString("en-US"),
      ...[one.inner, one.around].map((ms) => ms.toFixed(0)),
      ...[one.delayP99, one.delayMost].map((ms) => ms.toFixed(1)),
      ...[one.replay, one.check, one.outerStep, one.evaluation].map((ms) => ms.toFixed(0)),
      one.residentMegabytes.toFixed(0),
    ]),
  };
}

function targetsOf(measured: ReadonlyMap<Preset, Measured>): Target[] {
  const [nano, small] = PRESETS.map((preset) => measured.get(preset));
  const atMost = { comparison: "at most", decimals: 1 } as const;
  return [
    {
      ...atMost,
      what: "nano: delay of the event loop while training, p99",
      bound: 50,
      unit: " ms",
      measured: nano?.delayP99,
    },
    {
      ...atMost,
      what: "small: delay of the event loop while training, p99",
      bound: 50,
      unit: " ms",
      measured: small?.delayP99,
    },
    {
      ...atMost,
      what: "small: hashing, writing and compressing, of the time of a slot",
      bound: 5,
      unit: " %",
      measured: small && (100 * small.around) / (small.inner + small.around),
    },
    {
      ...atMost,
      what: `small: outer step with ${CONTRIBUTIONS} contributions`,
      bound: 3000,
      unit: " ms",
      measured: small?.outerStep,
    },
  ];
}

export async function measureRoundWorker(context: BenchContext): Promise<SectionResult> {
  const measured = new Map<Preset, Measured>();
  for (const preset of PRESETS) measured.set(preset, await measurePreset(context, preset));
  const load = [...measured].map(([preset, { otherCores }]) => `${preset} ${otherCores?.toFixed(2) ?? "unknown"}`);
  return {
    notes: [
      `Engine native where a compiler is, bf16, ${THREADS} threads, beside a main thread that does nothing else; blobs on the disk.`,
      "Around the steps: loading, hashing and writing states, compressing. States are hashed and written on a second thread.",
      "Contributions are the same one several times: the outer step takes as long for different ones.",
      "Memory is the highest of the process so far, with preparing the data; a node has one such thread.",
      `Cores that other processes took meanwhile: ${load.join(", ")}.`,
    ],
    tables: [tableOf(measured)],
    targets: targetsOf(measured),
    raw: { unit: "milliseconds", presets: Object.fromEntries(measured) },
  };
}
