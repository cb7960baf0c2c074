/** Inner steps of NeuroLLM on an exact engine. */
import { defaultAdamw, Evaluation, learningRate, type ParameterStore, TrainingStep } from "@neuroshard/model";
import type { Engine } from "@neuroshard/tensor";
import { fillBatch, validationBatches } from "../data/batch.ts";
import { sampleOffsets } from "../data/samples.ts";
import type { TokenArray } from "../data/tokens.ts";
import type { Recipe } from "../trainer/recipe.ts";
import type { InnerLoop, InnerState, InnerStep } from "./innerLoop.ts";

export interface NeuroInnerLoopOptions {
  readonly recipe: Recipe;
  readonly train: TokenArray;
  /** All of it is evaluated. */
  readonly heldOut: TokenArray;
}

export class NeuroInnerLoop implements InnerLoop {
  readonly parameterCount: number;
  readonly samplesPerStep: number;
  /** Multiplications and additions of one step. */
  readonly flopsPerStep: number;
  readonly #engine: Engine;
  readonly #store: ParameterStore;
  readonly #options: NeuroInnerLoopOptions;
  readonly #step: TrainingStep;
  readonly #inputs: Int32Array;
  readonly #targets: Int32Array;
  #evaluation: Evaluation | undefined;

  constructor(engine: Engine, store: ParameterStore, options: NeuroInnerLoopOptions) {
    const { batch, context, mode } = options.recipe;
    this.#engine = engine;
    this.#store = store;
    this.#options = options;
    this.#step = new TrainingStep(engine, store, mode, { sequences: batch, length: context });
    this.parameterCount = store.count;
    this.samplesPerStep = batch;
    this.flopsPerStep = this.#step.flops;
    this.#inputs = new Int32Array(batch * context);
    this.#targets = new Int32Array(batch * context);
  }

  initialize(seed: number): void {
    this.#store.initialize(seed);
  }

  values(state: InnerState): Float32Array {
    return this.#engine.floats(this.#store.address(state), this.#store.count);
  }

  /** Throws ModelError NOT_FINITE. */
  step({ samplesSeed: seed, sampleStep, scheduleStep, adamStep }: InnerStep): number {
    const { recipe, train } = this.#options;
    const { batch, context, schedule: kind, learningRate: peak, warmUpSteps, scheduledSteps: totalSteps } = recipe;
    const offsets = sampleOffsets({ seed, step: sampleStep, batch, context, tokens: train.length });
    fillBatch({ tokens: train, offsets, context, inputs: this.#inputs, targets: this.#targets });
    const rate = learningRate({ kind, peak, warmUpSteps, totalSteps }, scheduleStep);
    const options = { adamw: defaultAdamw, learningRate: rate, step: adamStep };
    return this.#step.run(this.#inputs, this.#targets, options);
  }

  evaluate(): number {
    return this.meanLoss(this.#options.heldOut);
  }

  /** In nats, over every token but the first. */
  meanLoss(tokens: TokenArray): number {
    const { batch, context, mode } = this.#options.recipe;
    this.#evaluation ??= new Evaluation(this.#engine, this.#store, mode, { sequences: batch, length: context });
    let sum = 0;
    let counted = 0;
    for (const { inputs, targets, predictions } of validationBatches({ tokens, context, batch })) {
      sum += this.#evaluation.run(inputs, targets).loss * predictions;
      counted += predictions;
    }
    return sum / counted;
  }
}
