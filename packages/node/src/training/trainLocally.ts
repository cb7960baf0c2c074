/** A training run on this machine: steps, evaluations, samples and checkpoints, until done or asked to stop. */
import { setImmediate as yieldToEvents } from "node:timers/promises";
import type { EvaluationExtent } from "@neuroshard/training";
import { weightsDigest } from "../checkpoint/weightsDigest.ts";
import { writeCheckpoint } from "../checkpoint/writeCheckpoint.ts";
import { UsageError } from "../nodeError.ts";
import { type OpenRun, openRun } from "./openRun.ts";
import { Sampler } from "./sampler.ts";
import { Speedometer } from "./speedometer.ts";
import type { TrainEvent, TrainOptions } from "./trainEvents.ts";

const DEFAULT_SAVE_STEPS = 200;
/** A short run is looked at ten times. */
const EVALUATIONS = 10;
const DEFAULT_SAMPLE_PROMPT = "Once upon a time";

class LocalRun {
  readonly #run: OpenRun;
  readonly #options: TrainOptions;
  readonly #onEvent: (event: TrainEvent) => void;
  readonly #speedometer = new Speedometer();
  readonly #sampler: Sampler;
  #validationLoss: number | null;
  #saved: { readonly step: number; readonly path: string } | undefined;
  #lastSample = performance.now();

  constructor(run: OpenRun, options: TrainOptions, onEvent: (event: TrainEvent) => void) {
    this.#run = run;
    this.#options = options;
    this.#onEvent = onEvent;
    this.#sampler = new Sampler(run, options.samplePrompt ?? DEFAULT_SAMPLE_PROMPT);
    const { checkpoint } = run;
    this.#validationLoss = checkpoint?.manifest.validationLoss ?? null;
    this.#saved = checkpoint && { step: checkpoint.manifest.step, path: checkpoint.path };
  }

  async train(signal: AbortSignal): Promise<void> {
    const { trainer } = this.#run;
    const { steps, saveEverySteps = DEFAULT_SAVE_STEPS } = this.#options;
    const evaluateEverySteps = this.#options.evaluateEverySteps ?? Math.max(1, Math.round(steps / EVALUATIONS));
    while (trainer.stepsDone < steps && !signal.aborted) {
      const loss = trainer.step();
      const tokensPerSecond = this.#speedometer.count(trainer.tokensPerStep);
      this.#onEvent({ event: "step", step: trainer.stepsDone, loss, tokensPerSecond });
      const isLast = trainer.stepsDone === steps;
      if (isLast || trainer.stepsDone % evaluateEverySteps === 0) this.#evaluate(isLast ? "whole" : "part");
      if (isLast || trainer.stepsDone % saveEverySteps === 0) await this.#save();
      if (!isLast) this.#sample();
      // Lets signals and output through: steps block the event loop.
      await yieldToEvents();
    }
  }

  /** The last word of a run that was asked to stop. */
  async stop(): Promise<void> {
    const path = await this.#save();
    this.#onEvent({ event: "stopped", step: this.#run.trainer.stepsDone, ...(path !== undefined && { path }) });
  }

  #evaluate(extent: EvaluationExtent): void {
    const { trainLoss, valLoss } = this.#run.trainer.evaluate(extent);
    this.#validationLoss = valLoss;
    this.#onEvent({ event: "eval", step: this.#run.trainer.stepsDone, trainLoss, valLoss });
    this.#speedometer.skip();
  }

  #sample(): void {
    const { sampleEverySeconds } = this.#options;
    if (sampleEverySeconds === undefined || performance.now() - this.#lastSample < sampleEverySeconds * 1000) return;
    this.#onEvent({ event: "sample", step: this.#run.trainer.stepsDone, text: this.#sampler.write() });
    this.#lastSample = performance.now();
    this.#speedometer.skip();
  }

  async #save(): Promise<string | undefined> {
    const { out, preset } = this.#options;
    if (out === undefined) return undefined;
    const { store, tokenizer, trainer, recipe, data } = this.#run;
    const step = trainer.stepsDone;
    // The weights of a step are what they are: written once.
    if (this.#saved?.step === step) return this.#saved.path;
    const { config } = store;
    const description = { preset, step, config, recipe, data, validationLoss: this.#validationLoss };
    const path = await writeCheckpoint(out, store, tokenizer, description);
    this.#saved = { step, path };
    this.#onEvent({ event: "saved", step, path });
    this.#speedometer.skip();
    return path;
  }
}

function checkOptions(options: TrainOptions): void {
  const { steps, seed, batch = 1, context = 1, learningRate = 1, threads = 1 } = options;
  const requireCount = (name: string, value: number, most: number): void => {
    if (!Number.isSafeInteger(value) || value < 1 || value > most)
      throw new UsageError(`--${name} must be a whole number from 1 to ${most}, not ${value}`);
  };
  requireCount("steps", steps, 2 ** 31);
  requireCount("batch", batch, 2 ** 16);
  requireCount("context", context, 2 ** 20);
  requireCount("threads", threads, 64);
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new UsageError(`--seed must be a whole number from 0 on, not ${seed}`);
  if (!(learningRate > 0 && learningRate <= 1)) throw new UsageError(`--learning-rate must be above 0 and at most 1`);
}

/**
 * Trains to `options.steps`; with `out`, from where the folder's newest checkpoint left off, bit for bit.
 * An abort ends the run after the present step, saved. Throws NodeError, DataError, ModelError, EngineError, TokenizerError.
 */
export async function trainLocally(
  options: TrainOptions,
  onEvent: (event: TrainEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  checkOptions(options);
  const started = performance.now();
  const run = await openRun(options);
  const { engine, store, trainer, recipe, tokens } = run;
  try {
    onEvent({
      event: "start",
      preset: options.preset,
      parameters: store.count,
      vocabularySize: store.config.vocabularySize,
      trainTokens: tokens.train.length,
      validationTokens: tokens.validation.length,
      engine: engine.kind,
      threads: engine.threads,
      mode: recipe.mode,
      step: trainer.stepsDone,
      steps: options.steps,
    });
    const local = new LocalRun(run, options, onEvent);
    await local.train(signal);
    if (trainer.stepsDone < options.steps) return await local.stop();
    const seconds = (performance.now() - started) / 1000;
    onEvent({ event: "done", steps: trainer.stepsDone, digest: weightsDigest(store), seconds });
  } finally {
    engine.close();
  }
}
