/** AdamW over a parameter store (Loshchilov and Hutter 2019), with clipping by the global gradient norm. */
import { type Engine, integerPower, type ProgramWriter } from "@neuroshard/tensor";
import type { ParameterStore } from "../parameterStore.ts";

export interface AdamwSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Applied to matrices, not to gains. */
  readonly weightDecay: number;
  /** Largest global gradient norm; larger gradients are scaled down to it. */
  readonly clipNorm: number;
}

export const defaultAdamw: AdamwSettings = { beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0.1, clipNorm: 1 };

const BLOCK = 4096;
const SETTINGS = 8;

/** The optimizer of one training plan: its instructions, and the numbers that change with each step. */
export class Adamw {
  readonly #engine: Engine;
  readonly #store: ParameterStore;
  readonly #settings: number;
  readonly #norm: number;
  readonly #squares: number;

  constructor(engine: Engine, store: ParameterStore) {
    this.#engine = engine;
    this.#store = store;
    this.#settings = engine.allocate(4 * SETTINGS);
    this.#norm = engine.allocate(4);
    this.#squares = engine.allocate(4 * Math.ceil(store.count / BLOCK));
  }

  emit(program: ProgramWriter): void {
    const { count, decayed } = this.#store;
    const gradient = this.#store.address("gradients");
    program.emit("sumSquares", { x: gradient, partial: this.#squares, count });
    program.emit("adamw", {
      weight: this.#store.address("weights"),
      gradient,
      first: this.#store.address("firstMoments"),
      second: this.#store.address("secondMoments"),
      settings: this.#settings,
      squares: this.#squares,
      norm: this.#norm,
      count,
      decayed,
    });
  }

  /** Sets what the next run uses. `step` counts from 1. */
  prepare(settings: AdamwSettings, rate: number, step: number): void {
    const { beta1, beta2, epsilon, weightDecay, clipNorm } = settings;
    const corrections = [1 - integerPower(beta1, step), 1 - integerPower(beta2, step)];
    const values = [rate, beta1, beta2, epsilon, weightDecay, clipNorm, ...corrections];
    this.#engine.floats(this.#settings, SETTINGS).set(values);
  }

  /** Norm of the last gradient before clipping. */
  get gradientNorm(): number {
    return this.#engine.floats(this.#norm, 1)[0]!;
  }
}
