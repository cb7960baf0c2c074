/** Plans of a whole model: a training step (forward, backward, AdamW) and an evaluation (forward alone). */
import {
  crossEntropy,
  type Engine,
  Graph,
  gradients,
  type OperandMode,
  Plan,
  ropeTables,
  type Value,
} from "@neuroshard/tensor";
import { headSizeOf, type ModelConfig, ROPE_THETA } from "./config.ts";
import { ModelError } from "./modelError.ts";
import { Adamw, type AdamwSettings } from "./optim/adamw.ts";
import type { ParameterStore } from "./parameterStore.ts";
import { plainWeights, transformer } from "./transformer.ts";

export interface BatchShape {
  readonly sequences: number;
  /** Tokens per sequence, at most the model's context. */
  readonly length: number;
}

interface LossGraph {
  readonly graph: Graph;
  readonly tokens: Value;
  readonly targets: Value;
  readonly cosines: Value;
  readonly sines: Value;
  readonly loss: Value;
}

function buildLoss(
  config: ModelConfig,
  store: ParameterStore,
  mode: OperandMode,
  { sequences, length }: BatchShape,
): LossGraph {
  const graph = new Graph(mode);
  const beyond = config.vocabularySize;
  const rows = [sequences * length];
  const tokens = graph.input("tokens", rows, { type: "i32", bounds: { lowest: 0, beyond } });
  const targets = graph.input("targets", rows, { type: "i32", bounds: { lowest: -1, beyond } });
  const table = [length, headSizeOf(config) / 2];
  const cosines = graph.input("cosines", table);
  const sines = graph.input("sines", table);
  const weights = plainWeights(graph, config, new Map(store.specs.map(({ name, shape }) => [name, shape])));
  const logits = transformer(graph, config, tokens, { weights, sequences, tables: { cosines, sines } });
  return { graph, tokens, targets, cosines, sines, loss: crossEntropy(graph, logits, targets) };
}

function fillTables(plan: Plan, config: ModelConfig, { cosines, sines }: LossGraph, length: number): void {
  const tables = ropeTables(length, headSizeOf(config), ROPE_THETA);
  plan.floats(cosines).set(tables.cosines);
  plan.floats(sines).set(tables.sines);
}

/** Rule A5: a loss or gradient that is not finite ends training. */
function expectFinite(value: number, what: string, remedy: string): number {
  if (Number.isFinite(value)) return value;
  throw new ModelError("NOT_FINITE", `${what} is not a finite number; ${remedy}`);
}

export interface StepOptions {
  readonly adamw: AdamwSettings;
  readonly learningRate: number;
  /** Number of this optimisation step, from 1. */
  readonly step: number;
}

export class TrainingStep {
  /** Multiplications and additions of one step. */
  readonly flops: number;
  readonly #plan: Plan;
  readonly #loss: LossGraph;
  readonly #adamw: Adamw;

  constructor(engine: Engine, store: ParameterStore, mode: OperandMode, shape: BatchShape) {
    const loss = buildLoss(store.config, store, mode, shape);
    const { graph } = loss;
    const found = gradients(graph, new Map([[loss.loss, "one"]]), graph.parameters);
    const places = new Map<Value, number>();
    for (const parameter of graph.parameters) {
      places.set(parameter, store.address("weights", parameter.name));
      places.set(found.get(parameter)!, store.address("gradients", parameter.name));
    }
    this.#adamw = new Adamw(engine, store);
    this.#plan = new Plan(engine, graph, {
      outputs: [loss.loss, ...found.values()],
      bind: (value) => places.get(value),
      finish: (program) => this.#adamw.emit(program),
    });
    this.#loss = loss;
    this.flops = this.#plan.flops;
    fillTables(this.#plan, store.config, loss, shape.length);
  }

  /**
   * One optimisation step on tokens and targets of sequences * length ids; returns the mean loss in nats before the update.
   * Throws ModelError NOT_FINITE; the parameters are then spoilt and must be loaded again.
   */
  run(tokens: ArrayLike<number>, targets: ArrayLike<number>, options: StepOptions): number {
    this.#plan.writeIntegers(this.#loss.tokens, tokens);
    this.#plan.writeIntegers(this.#loss.targets, targets);
    this.#adamw.prepare(options.adamw, options.learningRate, options.step);
    this.#plan.run();
    const remedy = "lower the learning rate and continue from the last checkpoint";
    const loss = this.#plan.floats(this.#loss.loss)[0]!;
    expectFinite(this.#adamw.gradientNorm, `the gradient of step ${options.step}`, remedy);
    return expectFinite(loss, `the loss of step ${options.step}`, remedy);
  }
}

export class Evaluation {
  readonly #plan: Plan;
  readonly #loss: LossGraph;

  constructor(engine: Engine, store: ParameterStore, mode: OperandMode, shape: BatchShape) {
    this.#loss = buildLoss(store.config, store, mode, shape);
    this.#plan = new Plan(engine, this.#loss.graph, {
      outputs: [this.#loss.loss],
      bind: ({ role, name }) => (role === "parameter" ? store.address("weights", name) : undefined),
    });
    fillTables(this.#plan, store.config, this.#loss, shape.length);
  }

  /** Mean loss over the targets that are not -1, and how many there are. */
  run(tokens: ArrayLike<number>, targets: ArrayLike<number>): { readonly loss: number; readonly counted: number } {
    this.#plan.writeIntegers(this.#loss.tokens, tokens);
    this.#plan.writeIntegers(this.#loss.targets, targets);
    this.#plan.run();
    const [loss, counted] = this.#plan.floats(this.#loss.loss);
    return { loss: expectFinite(loss!, "the validation loss", "the model is spoilt"), counted: counted! };
  }
}
