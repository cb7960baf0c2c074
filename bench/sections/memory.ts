/** Highest resident memory of training steps, each engine in a fresh process. */
import { type ConfigName, describeConfig } from "../configs.ts";
import type { TrainAnswer } from "../engine/trainTask.ts";
import { openAll } from "../measure/openAll.ts";
import { type OwnEngine, startOwnEngine } from "../process/ownEngine.ts";
import { startTorch, type TorchType } from "../process/torch.ts";
import type { SectionResult } from "../report/sectionText.ts";
import type { Target } from "../report/target.ts";
import type { BenchContext } from "./section.ts";

const THREADS = 2;
const STEPS = 3;
const measuredConfigs = ["small", "char-cpu"] as const satisfies readonly ConfigName[];
const kinds = ["native", "wasm"] as const;
const modes = ["bf16", "f32"] as const;
const torchTypes = ["float32", "bfloat16"] as const;

/** Megabytes (10^6 bytes) by name of the engine. */
type Memory = ReadonlyMap<string, number>;

async function measureOwn(config: ConfigName, engine: OwnEngine): Promise<number> {
  const child = await startOwnEngine(engine);
  try {
    const request = { task: "train", config, steps: STEPS, warmUpSteps: 0 };
    return (await child.ask<TrainAnswer>(request)).peakResidentMegabytes;
  } finally {
    await child.close();
  }
}

async function measureTorch(config: ConfigName, type: TorchType): Promise<number> {
  const flags = { threads: String(THREADS), memory: config, dtype: type, steps: String(STEPS) };
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
  const { child, greeting } = await startTorch<{ peakResidentMegabytes: number }>("torchTrain.py", args);
  await child.close();
  return greeting.peakResidentMegabytes;
}

async function measureConfig(context: BenchContext, config: ConfigName, problems: Set<string>): Promise<Memory> {
  const engines = kinds.flatMap((kind) => modes.map((mode) => ({ kind, mode, threads: THREADS })));
  const jobs: readonly (readonly [string, () => Promise<number>])[] = [
    ...engines.map((engine) => [`${engine.kind} ${engine.mode}`, () => measureOwn(config, engine)] as const),
    ...torchTypes.map((type) => [`PyTorch ${type}`, () => measureTorch(config, type)] as const),
  ];
  const memory = new Map<string, number>();
  for (const [name, job] of jobs) {
    context.onProgress(`${config}: ${name}`);
    const { open, problems: found } = await openAll([job]);
    for (const problem of found) problems.add(problem);
    for (const megabytes of open) memory.set(name, megabytes);
  }
  return memory;
}

function targetsOf(memory: Memory | undefined): Target[] {
  const bound = memory?.get("PyTorch float32");
  if (bound === undefined) return [];
  return kinds.map((kind) => ({
    what: `small: memory of ${kind} bf16 against PyTorch float32`,
    bound,
    comparison: "at most",
    unit: " MB",
    decimals: 0,
    measured: memory?.get(`${kind} bf16`),
  }));
}

export async function measureMemory(context: BenchContext): Promise<SectionResult> {
  const problems = new Set<string>();
  const measured = new Map<ConfigName, Memory>();
  for (const config of measuredConfigs) measured.set(config, await measureConfig(context, config, problems));
  return {
    notes: [
      `Peak resident set (VmHWM) of a fresh process after ${STEPS} training steps with ${THREADS} threads, runtime included.`,
      ...[...problems].map((text) => `${text}.`),
    ],
    tables: [...measured].map(([config, memory]) => ({
      title: describeConfig(config),
      header: ["engine", "MB"],
      rows: [...memory].map(([name, megabytes]) => [name, megabytes.toFixed(0)]),
    })),
    targets: targetsOf(measured.get("small")),
    raw: {
      unit: "megabytes (10^6 bytes)",
      configs: Object.fromEntries([...measured].map(([config, memory]) => [config, Object.fromEntries(memory)])),
    },
  };
}
