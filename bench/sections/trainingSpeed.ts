/** Time of a training step: every engine and operand mode against PyTorch, float32 and bfloat16 autocast. */

import { parameterCount } from "@neuroshard/model";
import { configs, describeConfig, gigaflopPerStep, type TrainedConfig } from "../configs.ts";
import type { TrainAnswer } from "../engine/trainTask.ts";
import type { Contender } from "../measure/interleave.ts";
import { measuredNames, median, medianRatio, summarizeContender } from "../measure/statistics.ts";
import { type OwnEngine, startOwnEngine } from "../process/ownEngine.ts";
import { startTorch, type TorchType } from "../process/torch.ts";
import { describeQuiet, numberCell, quietCell, rangeCell, ratioCell } from "../report/cells.ts";
import type { SectionResult } from "../report/sectionText.ts";
import type { Table } from "../report/table.ts";
import { type Target, targetOf } from "../report/target.ts";
import { type BenchContext, type Measured, measureContenders, notesOn, threadsLabel } from "./section.ts";

const threadCounts = [2, 1] as const;
const engines = [
  { kind: "native", mode: "bf16" },
  { kind: "native", mode: "f32" },
  { kind: "wasm", mode: "bf16" },
  { kind: "wasm", mode: "f32" },
] as const;
const torchTypes = ["float32", "bfloat16"] as const;

/** Steps before each measurement, since the first after a pause is slower than training is, and steps in it. */
const stepsOf: {
  readonly [C in TrainedConfig]: { readonly warmUp: number; readonly measured: (threads: number) => number };
} = {
  "char-cpu": { warmUp: 5, measured: () => 10 },
  small: { warmUp: 1, measured: (threads) => 2 * threads },
  small8k: { warmUp: 1, measured: () => 2 },
};

function ownName({ kind, mode, threads }: OwnEngine): string {
  return threadsLabel(`${kind} ${mode}`, threads);
}

function torchName(type: TorchType, threads: number): string {
  return threadsLabel(`PyTorch ${type}`, threads);
}

async function openOwn(config: TrainedConfig, engine: OwnEngine): Promise<Contender> {
  const child = await startOwnEngine(engine);
  const { warmUp, measured } = stepsOf[config];
  const ask = (steps: number, warmUpSteps: number): Promise<TrainAnswer> =>
    child.ask({ task: "train", config, steps, warmUpSteps });
  return {
    name: ownName(engine),
    pid: child.pid,
    prepare: async () => void (await ask(warmUp, 0)),
    measure: async () => median((await ask(measured(engine.threads), warmUp)).millisecondsPerStep),
    close: () => child.close(),
  };
}

interface TorchAnswer {
  readonly millisecondsPerStep: readonly number[];
  readonly parameters: number;
}

interface TorchChoice {
  readonly type: TorchType;
  readonly threads: number;
}

async function openTorch(config: TrainedConfig, { type, threads }: TorchChoice): Promise<Contender> {
  const { child, about } = await startTorch("torchTrain.py", ["--threads", String(threads)]);
  const { warmUp, measured } = stepsOf[config];
  const ask = (steps: number, warmUpSteps: number): Promise<TorchAnswer> =>
    child.ask({ config, dtype: type, steps, warmUpSteps });
  return {
    name: torchName(type, threads),
    about,
    pid: child.pid,
    prepare: async () => {
      const { parameters } = await ask(warmUp, 0);
      const own = parameterCount(configs[config].model);
      if (parameters !== own) throw new Error(`another model: ${parameters} parameters, ours has ${own}`);
    },
    measure: async () => median((await ask(measured(threads), warmUp)).millisecondsPerStep),
    close: () => child.close(),
  };
}

function measureConfig(context: BenchContext, config: TrainedConfig): Promise<Measured> {
  const openers = threadCounts.flatMap((threads) => [
    ...engines.map((engine) => () => openOwn(config, { ...engine, threads })),
    ...torchTypes.map((type) => () => openTorch(config, { type, threads })),
  ]);
  const onProgress = (what: string): void => context.onProgress(`${config}: ${what}`);
  return measureContenders({ ...context, onProgress }, openers);
}

function tableOf(config: TrainedConfig, { rounds }: Measured): Table {
  const row = (name: string, threads: number): string[] => {
    const time = summarizeContender(rounds, name);
    const gigaflop = gigaflopPerStep(configs[config]);
    return [
      name,
      numberCell(time, 1),
      rangeCell(time, 1),
      time === undefined ? "-" : ((1000 * gigaflop) / time.median).toFixed(1),
      ...torchTypes.map((type) => ratioCell(medianRatio(rounds, torchName(type, threads), name))),
      quietCell(time),
    ];
  };
  return {
    title: describeConfig(config),
    header: ["engine", "ms/step", "range", "GFLOP/s", "against float32", "against bfloat16", "quiet"],
    rows: threadCounts.flatMap((threads) => {
      const own = engines.map((engine) => ownName({ ...engine, threads }));
      const names = measuredNames(rounds, [...own, ...torchTypes.map((type) => torchName(type, threads))]);
      return names.map((name) => row(name, threads));
    }),
  };
}

interface Wish {
  readonly config: TrainedConfig;
  readonly engine: (typeof engines)[number];
  readonly type: TorchType;
  readonly bound: number;
  readonly note?: string;
}

const [nativeBf16, nativeF32, wasmBf16, wasmF32] = engines;
const wishes: readonly Wish[] = [
  { config: "small", engine: nativeBf16, type: "float32", bound: 1.4 },
  { config: "small", engine: nativeF32, type: "float32", bound: 1 },
  { config: "small", engine: wasmBf16, type: "float32", bound: 0.5 },
  { config: "small", engine: wasmF32, type: "float32", bound: 0.5 },
  { config: "char-cpu", engine: nativeBf16, type: "float32", bound: 1.2 },
  { config: "char-cpu", engine: nativeF32, type: "float32", bound: 1.2 },
  { config: "small", engine: nativeBf16, type: "bfloat16", bound: 0.9, note: " (an aim)" },
];

function targetFor(
  { config, engine, type, bound, note = "" }: Wish,
  measured: ReadonlyMap<TrainedConfig, Measured>,
): Target {
  const rounds = measured.get(config)?.rounds ?? [];
  const ratio = medianRatio(rounds, torchName(type, 2), ownName({ ...engine, threads: 2 }));
  const what = `${config}: speed of ${engine.kind} ${engine.mode} against PyTorch ${type}, 2 threads${note}`;
  return targetOf({ what, bound, comparison: "at least", unit: "x", decimals: 2 }, ratio);
}

export async function measureTrainingSpeed(context: BenchContext): Promise<SectionResult> {
  const measured = new Map<TrainedConfig, Measured>();
  for (const config of Object.keys(stepsOf) as TrainedConfig[])
    measured.set(config, await measureConfig(context, config));
  const all = [...measured];
  return {
    notes: [
      "A step is forward, backward, clipping and AdamW on random tokens. Ratios compare equal numbers of threads.",
      ...notesOn(all.map(([, one]) => one)),
      ...all.map(([config, { rounds }]) => describeQuiet(`\`${config}\``, rounds)),
    ],
    tables: all.map(([config, one]) => tableOf(config, one)),
    targets: wishes.map((wish) => targetFor(wish, measured)),
    raw: {
      unit: "milliseconds per step",
      rounds: Object.fromEntries(all.map(([config, { rounds }]) => [config, rounds])),
    },
  };
}
