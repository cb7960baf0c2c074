/**
 * A model that trains in microseconds: a linear map of few numbers, fitted with Adam to samples that follow from their seed.
 * Additions, multiplications, divisions and roots only, so it is as exact as the real one.
 */
import type { InnerLoop, InnerState, InnerStep } from "@neuroshard/training";
import { createRandom } from "./random.ts";

export interface SmallInnerLoopOptions {
  readonly parameterCount: number;
  readonly samplesPerStep: number;
}

const LEARNING_RATE = 0.02;
const BETAS = [0.9, 0.99] as const;
const EPSILON = 1e-8;
const UNITS = 1000;
const SOLUTION_SEED = 7;
const HELD_OUT_SEED = 99;
const HELD_OUT_SAMPLES = 64;

export class SmallInnerLoop implements InnerLoop {
  readonly parameterCount: number;
  readonly samplesPerStep: number;
  readonly #values: { readonly [S in InnerState]: Float32Array };
  readonly #gradient: Float64Array;
  /** What training should find. */
  readonly #solution: readonly number[];

  constructor({ parameterCount, samplesPerStep }: SmallInnerLoopOptions) {
    this.parameterCount = parameterCount;
    this.samplesPerStep = samplesPerStep;
    const zeros = (): Float32Array => new Float32Array(parameterCount);
    this.#values = { weights: zeros(), firstMoments: zeros(), secondMoments: zeros() };
    this.#gradient = new Float64Array(parameterCount);
    this.#solution = numbers(SOLUTION_SEED, parameterCount);
  }

  initialize(seed: number): void {
    this.#values.weights.set(numbers(seed, this.parameterCount));
    this.#values.firstMoments.fill(0);
    this.#values.secondMoments.fill(0);
  }

  values(state: InnerState): Float32Array {
    return this.#values[state];
  }

  step({ samplesSeed, sampleStep, adamStep }: InnerStep): number {
    this.#gradient.fill(0);
    const loss = this.#loss((samplesSeed % 2 ** 31) + 7919 * sampleStep, this.samplesPerStep);
    if (!Number.isFinite(loss)) throw new RangeError("the loss is not finite");
    this.#adam(adamStep);
    return loss;
  }

  evaluate(): number {
    return this.#loss(HELD_OUT_SEED, HELD_OUT_SAMPLES);
  }

  /** Mean squared error; its gradient is added up. */
  #loss(seed: number, samples: number): number {
    const { weights } = this.#values;
    let sum = 0;
    for (let sample = 0; sample < samples; sample++) {
      const inputs = numbers(seed + 104_729 * sample, this.parameterCount);
      let error = 0;
      for (const [index, input] of inputs.entries()) error += input * (weights[index]! - this.#solution[index]!);
      for (const [index, input] of inputs.entries()) this.#gradient[index]! += (2 * error * input) / samples;
      sum += error * error;
    }
    return sum / samples;
  }

  #adam(step: number): void {
    const { weights, firstMoments, secondMoments } = this.#values;
    let [firstLeft, secondLeft] = [1, 1];
    for (let done = 0; done < step; done++) {
      firstLeft *= BETAS[0];
      secondLeft *= BETAS[1];
    }
    for (let index = 0; index < weights.length; index++) {
      const gradient = this.#gradient[index]!;
      firstMoments[index] = BETAS[0] * firstMoments[index]! + (1 - BETAS[0]) * gradient;
      secondMoments[index] = BETAS[1] * secondMoments[index]! + (1 - BETAS[1]) * gradient * gradient;
      const first = firstMoments[index]! / (1 - firstLeft);
      const second = secondMoments[index]! / (1 - secondLeft);
      weights[index] = weights[index]! - (LEARNING_RATE * first) / (Math.sqrt(second) + EPSILON);
    }
  }
}

/** From -1 to 1. */
function numbers(seed: number, count: number): readonly number[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => random.between(-UNITS, UNITS) / UNITS);
}
