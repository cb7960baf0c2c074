/**
 * The inner loop on one machine: AdamW steps on samples that are a pure function of (seed, step). What must be kept to
 * continue bit for bit is the parameter store and the number of steps done.
 */
import type { ParameterStore } from "@neuroshard/model";
import type { Engine } from "@neuroshard/tensor";
import type { TokenArray } from "../data/tokens.ts";
import { NeuroInnerLoop } from "../rounds/neuroInnerLoop.ts";
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
  readonly #options: TrainerOptions;
  readonly #loop: NeuroInnerLoop;
  #stepsDone: number;

  constructor(engine: Engine, store: ParameterStore, options: TrainerOptions) {
    const { recipe, train, validation, stepsDone } = options;
    this.#options = options;
    this.#stepsDone = stepsDone;
    this.#loop = new NeuroInnerLoop(engine, store, { recipe, train, heldOut: validation });
    this.flopsPerStep = this.#loop.flopsPerStep;
    this.tokensPerStep = recipe.batch * recipe.context;
  }

  get stepsDone(): number {
    return this.#stepsDone;
  }

  /** One optimisation step; returns its mean loss in nats. Throws ModelError NOT_FINITE. */
  step(): number {
    const step = this.#stepsDone + 1;
    const samplesSeed = this.#options.recipe.seed;
    const loss = this.#loop.step({ samplesSeed, sampleStep: this.#stepsDone, scheduleStep: step, adamStep: step });
    this.#stepsDone = step;
    return loss;
  }

  /** Mean losses in nats over the beginning of the training part and the validation part, or its beginning. */
  evaluate(extent: EvaluationExtent): { readonly trainLoss: number; readonly valLoss: number } {
    const { train, validation } = evaluatedTokens[extent];
    return {
      trainLoss: this.#loop.meanLoss(this.#options.train.subarray(0, train + 1)),
      valLoss: this.#loop.meanLoss(this.#options.validation.subarray(0, validation + 1)),
    };
  }
}
