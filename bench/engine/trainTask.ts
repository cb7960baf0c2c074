/**
 * Times training steps on random tokens, which are drawn outside the clock.
 * Request: {"config": "small", "steps": 2, "warmUpSteps": 0}; answer: see TrainAnswer.
 */
import { readFileSync } from "node:fs";
import { defaultAdamw, ParameterStore, TrainingStep } from "@neuroshard/model";
import { type Engine, type OperandMode, randomWords } from "@neuroshard/tensor";
import { type ConfigName, configs } from "../configs.ts";

export interface TrainRequest {
  readonly config: ConfigName;
  readonly steps: number;
  readonly warmUpSteps: number;
}

export interface TrainAnswer {
  readonly millisecondsPerStep: readonly number[];
  readonly losses: readonly number[];
  /** Highest resident set of this process so far, in 10^6 bytes. */
  readonly peakResidentMegabytes: number;
}

const LEARNING_RATE = 1e-3;

class RandomTraining {
  readonly #step: TrainingStep;
  readonly #vocabulary: number;
  readonly #tokens: Int32Array;
  readonly #targets: Int32Array;
  #done = 0;

  constructor(engine: Engine, mode: OperandMode, name: ConfigName) {
    const { model, batch } = configs[name];
    const store = new ParameterStore(engine, model, "training");
    store.initialize(0);
    this.#step = new TrainingStep(engine, store, mode, { sequences: batch, length: model.context });
    this.#vocabulary = model.vocabularySize;
    this.#tokens = new Int32Array(batch * model.context);
    this.#targets = new Int32Array(batch * model.context);
  }

  step(): { milliseconds: number; loss: number } {
    this.#draw(this.#tokens, 2 * this.#done);
    this.#draw(this.#targets, 2 * this.#done + 1);
    const step = ++this.#done;
    const start = performance.now();
    const loss = this.#step.run(this.#tokens, this.#targets, {
      adamw: defaultAdamw,
      learningRate: LEARNING_RATE,
      step,
    });
    return { milliseconds: performance.now() - start, loss };
  }

  #draw(target: Int32Array, counter: number): void {
    for (let i = 0; i < target.length; i++)
      target[i] = randomWords({ seed: 1, purpose: "dataOrder" }, counter, i)[0] % this.#vocabulary;
  }
}

export class TrainTask {
  readonly #engine: Engine;
  readonly #mode: OperandMode;
  readonly #trainings = new Map<ConfigName, RandomTraining>();

  constructor(engine: Engine, mode: OperandMode) {
    this.#engine = engine;
    this.#mode = mode;
  }

  answer({ config, steps, warmUpSteps }: TrainRequest): TrainAnswer {
    const training = this.#trainings.get(config) ?? new RandomTraining(this.#engine, this.#mode, config);
    this.#trainings.set(config, training);
    for (let i = 0; i < warmUpSteps; i++) training.step();
    const done = Array.from({ length: steps }, () => training.step());
    return {
      millisecondsPerStep: done.map(({ milliseconds }) => milliseconds),
      losses: done.map(({ loss }) => loss),
      peakResidentMegabytes: peakResidentMegabytes(),
    };
  }
}

/** As peers/lineProtocol.py reads it; where there is no /proc, what getrusage says. */
function peakResidentMegabytes(): number {
  try {
    const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))!;
    return (Number(kibibytes) * 1024) / 1e6;
  } catch {
    return (process.resourceUsage().maxRSS * 1024) / 1e6;
  }
}
