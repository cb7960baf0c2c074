/** What takes inner steps: the model that is trained, without anything of rounds. Synchronous; one owner at a time. */

/** Contiguous float32 values, one per parameter, in an order that the model fixes. */
export type InnerState = "weights" | "firstMoments" | "secondMoments";

export interface InnerStep {
  /** Which samples: the same seed and step give the same batch on every machine. */
  readonly samplesSeed: number;
  /** From 0. */
  readonly sampleStep: number;
  /** For the learning rate, from 1. */
  readonly scheduleStep: number;
  /** For the optimiser's bias correction, from 1. */
  readonly adamStep: number;
}

export interface InnerLoop {
  readonly parameterCount: number;
  /** Sequences of one step. */
  readonly samplesPerStep: number;
  /** Weights of a new model. */
  initialize(seed: number): void;
  /** The values where they are: reading and writing them is loading and saving. */
  values(state: InnerState): Float32Array;
  /** One optimisation step; its mean loss in nats. Throws where a value is not finite. */
  step(step: InnerStep): number;
  /** Mean loss in nats of the present weights on the held-out part. */
  evaluate(): number;
}
