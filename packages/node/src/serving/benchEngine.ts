/** Speed and memory of this machine's engine on one preset, with random weights and random tokens. */
import { setImmediate as yieldToEvents } from "node:timers/promises";
import {
  checkConfig,
  DecodeSession,
  defaultAdamw,
  ParameterStore,
  type Preset,
  presetOf,
  TrainingStep,
} from "@neuroshard/model";
import { type Engine, type EngineKind, type OperandMode, randomWords } from "@neuroshard/tensor";
import { openEngine } from "@neuroshard/tensor/node";

export interface BenchOptions {
  readonly preset: string;
  readonly engine?: EngineKind;
  readonly threads?: number;
  readonly mode?: OperandMode;
  /** Time for each of the two measurements. */
  readonly seconds: number;
}

export interface BenchResult {
  readonly preset: string;
  readonly engine: EngineKind;
  readonly threads: number;
  readonly mode: OperandMode;
  /** Median. */
  readonly millisecondsPerStep: number;
  readonly tokensPerSecond: number;
  readonly gigaflopsPerSecond: number;
  /** Resident memory of the whole process after training steps. */
  readonly memoryMegabytes: number;
  readonly decodeTokensPerSecond: number;
}

/** nanoGPT's vocabulary for tiny Shakespeare, where the preset works on characters. */
const CHARACTERS = 65;
const FEWEST_RUNS = 3;

function vocabularyOf({ tokenizer }: Preset): number {
  return tokenizer.kind === "bpe" ? tokenizer.vocabularySize : CHARACTERS;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

/** Milliseconds of each run of `action`, for the given time. */
async function timeRuns(action: () => void, seconds: number, signal: AbortSignal): Promise<number[]> {
  action();
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (!signal.aborted && (times.length < FEWEST_RUNS || performance.now() < end)) {
    const started = performance.now();
    action();
    times.push(performance.now() - started);
    await yieldToEvents();
  }
  signal.throwIfAborted();
  return times;
}

function trainingAction(engine: Engine, store: ParameterStore, mode: OperandMode, batch: number) {
  const { context, vocabularySize } = store.config;
  const step = new TrainingStep(engine, store, mode, { sequences: batch, length: context });
  const tokens = Int32Array.from(
    { length: batch * context },
    (_, i) => randomWords({ seed: 0, purpose: "dataOrder" }, 0, i)[0] % vocabularySize,
  );
  let steps = 0;
  const action = (): void => {
    step.run(tokens, tokens, { adamw: defaultAdamw, learningRate: 1e-4, step: ++steps });
  };
  return { action, flops: step.flops, tokens: tokens.length };
}

export async function benchEngine(options: BenchOptions, signal: AbortSignal): Promise<BenchResult> {
  const preset = presetOf(options.preset);
  const mode = options.mode ?? "bf16";
  const engine = await openEngine({ kind: options.engine, threads: options.threads });
  try {
    const config = checkConfig({ vocabularySize: vocabularyOf(preset), ...preset.model });
    const store = new ParameterStore(engine, config, "training");
    store.initialize(1);
    const training = trainingAction(engine, store, mode, preset.training.batch);
    const step = median(await timeRuns(training.action, options.seconds, signal));
    const memoryMegabytes = process.memoryUsage().rss / 2 ** 20;
    const session = new DecodeSession(engine, store, { mode, weights: "float" });
    const decode = (): void => {
      if (session.length === config.context) session.reset();
      session.feed([session.length % config.vocabularySize]);
    };
    const token = median(await timeRuns(decode, options.seconds, signal));
    return {
      preset: options.preset,
      engine: engine.kind,
      threads: engine.threads,
      mode,
      millisecondsPerStep: step,
      tokensPerSecond: (training.tokens * 1000) / step,
      gigaflopsPerSecond: training.flops / step / 1e6,
      memoryMegabytes,
      decodeTokensPerSecond: 1000 / token,
    };
  } finally {
    engine.close();
  }
}
