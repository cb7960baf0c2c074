/**
 * The inner loop on one machine: AdamW steps on samples that are a pure function of (seed, step). What must be kept to
 * continue bit for bit is the parameter store and the number of steps done.
 */
import { defaultAdamw, Evaluation, learningRate, type ParameterStore, TrainingStep } from "@neuroshard/model";
import type { Engine } from "@neuroshard/tensor";
import { fillBatch, validationBatches } from "../data/batch.ts";
import { sampleOffsets } from "../data/samples.ts";
import type { TokenArray } from "../data/tokens.ts";
import type { Recipe } from "./recipe.ts";

export interface TrainerOptions {
  readonly recipe: Recipe;
  readonly train: TokenArray;
  readonly validation: TokenArray;
  /** Steps that the store's parameters have behind them. */
  readonly stepsDone: number;
}

export type EvaluationExtent = "part" | "whole";

/** Tokens that an evaluation reads of each part: a look in passing, or everything up to a bound. */
const evaluatedTokens: { readonly [E in EvaluationExtent]: { readonly train: number; readonly validation: number } } = {
  part: { train: 2 ** 12, validation: 2 ** 14 },
  whole: { train: 2 ** 14, validation: 2 ** 20 },
};

export class Trainer {
  /** Multiplications and additions of one step. */
  readonly flopsPerStep: number;
  readonly tokensPerStep: number;
  readonly #engine: Engine;
  readonly #store: ParameterStore;
  readonly #options: TrainerOptions;
  readonly #step: TrainingStep;
  readonly #inputs: Int32Array;
  readonly #targets: Int32Array;
  #evaluation: Evaluation | undefined;
  #stepsDone: number;

  constructor(engine: Engine, store: ParameterStore, options: TrainerOptions) {
    const { batch, context, mode } = options.recipe;
    this.#engine = engine;
    this.#store = store;
    this.#options = options;
    this.#stepsDone = options.stepsDone;
    this.#step = new TrainingStep(engine, store, mode, { sequences: batch, length: context });
    this.flopsPerStep = this.#step.flops;
    this.tokensPerStep = batch * context;
    this.#inputs = new Int32Array(batch * context);
    this.#targets = new Int32Array(batch * context);
  }

  get stepsDone(): number {
    return this.#stepsDone;
  }

  /** One optimisation step; returns its mean loss in nats. Throws ModelError NOT_FINITE. */
  step(): number {
    const { recipe, train } = this.#options;
    const { seed, batch, context, schedule: kind, warmUpSteps, scheduledSteps: totalSteps } = recipe;
    const offsets = sampleOffsets({ seed, step: this.#stepsDone, batch, context, tokens: train.length });
    fillBatch({ tokens: train, offsets, context, inputs: this.#inputs, targets: this.#targets });
    const step = this.#stepsDone + 1;
    const rate = learningRate({ kind, peak: recipe.learningRate, warmUpSteps, totalSteps }, step);
    const loss = this.#step.run(this.#inputs, this.#targets, { adamw: defaultAdamw, learningRate: rate, step });
    this.#stepsDone = step;
    return loss;
  }

  /** Mean losses in nats over the beginning of the training part and the validation part, or its beginning. */
  evaluate(extent: EvaluationExtent): { readonly trainLoss: number; readonly valLoss: number } {
    const { train, validation } = evaluatedTokens[extent];
    return {
      trainLoss: this.#meanLoss(this.#options.train.subarray(0, train + 1)),
      valLoss: this.#meanLoss(this.#options.validation.subarray(0, validation + 1)),
    };
  }

  #meanLoss(tokens: TokenArray): number {
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
