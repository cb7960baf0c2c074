/**
 * One arm of the convergence experiment: K trainers in rounds of H inner steps, by the same engine that a node runs, one
 * trainer after the other. What they send can be attacked on its way to the outer step.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { checkConfig, ParameterStore, presetOf, trainCharacters } from "@neuroshard/model";
import type { Digest, ModelDigest } from "@neuroshard/protocol";
import { openEngine } from "@neuroshard/tensor/node";
import {
  NeuroInnerLoop,
  outerStep,
  type Recipe,
  RoundEngine,
  type RoundRules,
  type SlotStart,
  splitTokens,
} from "@neuroshard/training";
import { type Attack, attackedDelta } from "./attacks.ts";
import { MemoryBlobs } from "./memoryBlobs.ts";

export interface ArmRequest {
  readonly text: string;
  readonly seed: number;
  readonly workers: number;
  readonly innerSteps: number;
  /** Of each worker. */
  readonly steps: number;
  readonly learningRate: number;
  readonly aggregator: RoundRules["aggregator"];
  readonly compression: RoundRules["compression"];
  readonly clipping: "median-norm" | "none";
  /** 1 and no momentum: plain averaging. Below 0: a wrong sign. */
  readonly outerLearningRate: number;
  readonly outerMomentum: number;
  readonly attack?: Attack;
  readonly evaluations: number;
}

export interface ArmPoint {
  readonly step: number;
  /** Nats per character over the whole validation part. */
  readonly validationLoss: number;
}

export interface ArmAnswer {
  readonly points: readonly ArmPoint[];
  readonly digest: Digest;
  /** Of all contributions. */
  readonly sentBytes: number;
  readonly parameters: number;
  readonly seconds: number;
}

const PRESET = "char-cpu";
/** Both states of each worker, contributions and residuals of two rounds. */
const BLOBS_PER_WORKER = 16;

function rulesOf(request: ArmRequest): RoundRules {
  const { aggregator, compression, innerSteps, outerLearningRate, outerMomentum } = request;
  return {
    segmentSteps: innerSteps,
    compression,
    aggregator,
    trimFraction: 0.1,
    outerLearningRate,
    outerMomentum,
  };
}

function recipeOf({ seed, learningRate, steps }: ArmRequest): Recipe {
  const { training, model } = presetOf(PRESET);
  const { batch, schedule, warmUpSteps } = training;
  return {
    seed,
    mode: "bf16",
    batch,
    context: model.context,
    learningRate,
    schedule,
    warmUpSteps,
    scheduledSteps: steps,
  };
}

/** A worker between rounds. */
interface Carried {
  optimizer: Digest | null;
  residual: Digest | null;
  first: Uint8Array | undefined;
}

/** Uniform in [0, 1), the same for the same seed. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

class Arm {
  readonly #request: ArmRequest;
  readonly #rules: RoundRules;
  readonly #engine: RoundEngine;
  readonly #blobs: MemoryBlobs;
  readonly #parameters: number;
  readonly #carried: Carried[];
  readonly #random: () => number;
  #sentBytes = 0;

  constructor(request: ArmRequest, loop: NeuroInnerLoop) {
    this.#request = request;
    this.#rules = rulesOf(request);
    this.#blobs = new MemoryBlobs(BLOBS_PER_WORKER * request.workers);
    this.#engine = new RoundEngine({ loop, blobs: this.#blobs, seed: request.seed, nowMs: () => performance.now() });
    this.#parameters = loop.parameterCount;
    this.#carried = Array.from({ length: request.workers }, () => ({
      optimizer: null,
      residual: null,
      first: undefined,
    }));
    this.#random = createRandom(request.seed);
  }

  run(onPoint: (point: ArmPoint) => void): ArmAnswer {
    const startedMs = performance.now();
    const { steps, innerSteps, evaluations } = this.#request;
    const rounds = Math.ceil(steps / innerSteps);
    const points: ArmPoint[] = [];
    const every = Math.max(1, Math.round(rounds / evaluations));
    let model = this.#engine.initialModel();
    for (let round = 1; round <= rounds; round++) {
      const stepsBefore = (round - 1) * innerSteps;
      model = this.#round(round, model, stepsBefore);
      if (round % every !== 0 && round !== rounds) continue;
      const point = {
        step: Math.min(steps, round * innerSteps),
        validationLoss: this.#engine.evaluate(model.weights) / 1e6,
      };
      points.push(point);
      onPoint(point);
    }
    const seconds = (performance.now() - startedMs) / 1000;
    return { points, digest: model.weights, sentBytes: this.#sentBytes, parameters: this.#parameters, seconds };
  }

  #round(round: number, baseModel: ModelDigest, stepsBefore: number): ModelDigest {
    const roundSeed = createHash("sha256").update(`${this.#request.seed}/${round}`).digest("hex") as Digest;
    const steps = Math.min(this.#request.innerSteps, this.#request.steps - stepsBefore);
    const honest = this.#carried.map((carried, slot) => {
      const start: SlotStart = {
        ...{ roundSeed, slot, baseModel, stepsBefore, steps, rules: this.#rules },
        ...{ startOptimizer: carried.optimizer, startResidual: carried.residual },
      };
      const trained = this.#engine.train(start, { throwIfAborted: () => {} });
      carried.optimizer = trained.states.at(-1)!.optimizer;
      carried.residual = trained.endResidual;
      const delta = this.#blobs.get(trained.delta)!;
      carried.first ??= delta;
      return delta;
    });
    const deltas = this.#attacked(honest);
    this.#sentBytes += deltas.reduce((sum, { length }) => sum + length, 0);
    const floats = (digest: Digest): Float32Array => new Float32Array(this.#blobs.get(digest)!.slice().buffer);
    const { weights, momentum } = outerStep({
      weights: floats(baseModel.weights),
      momentum: floats(baseModel.momentum),
      ...{ deltas, rules: this.#rules, clipping: this.#request.clipping },
    });
    const put = (values: Float32Array): Digest => this.#blobs.put(new Uint8Array(values.buffer));
    return { weights: put(weights), momentum: put(momentum) };
  }

  /** The last worker is the dishonest one. */
  #attacked(honest: readonly Uint8Array[]): readonly Uint8Array[] {
    const { attack, compression } = this.#request;
    const own = honest.at(-1)!;
    if (attack === undefined) return honest;
    const view = {
      ...{ own, compression, other: honest[0]!, first: this.#carried.at(-1)!.first!, values: this.#parameters },
      random: this.#random,
    };
    const sent = attackedDelta(attack, view);
    return sent === undefined ? honest.slice(0, -1) : [...honest.slice(0, -1), sent];
  }
}

export async function runArm(request: ArmRequest, onPoint: (point: ArmPoint) => void): Promise<ArmAnswer> {
  const text = readFileSync(request.text, "utf8");
  const tokenizer = trainCharacters(text);
  const { train, validation } = splitTokens(Uint16Array.from(tokenizer.encode(text)));
  const engine = await openEngine({ threads: 1 });
  try {
    const config = checkConfig({ vocabularySize: tokenizer.vocabularySize, ...presetOf(PRESET).model });
    const store = new ParameterStore(engine, config, "training");
    const loop = new NeuroInnerLoop(engine, store, { recipe: recipeOf(request), train, heldOut: validation });
    return new Arm(request, loop).run(onPoint);
  } finally {
    engine.close();
  }
}
