/**
 * Parameters in an engine's memory, with room for gradients and AdamW moments beside them when they are trained.
 * Each segment is one block: matrices first, then gains, so that one instruction updates everything that decays.
 */
import { type Engine, elementCount } from "@neuroshard/tensor";
import type { ModelConfig } from "./config.ts";
import { fillInitial, type ParameterSpec, parameterSpecs } from "./parameters.ts";

export type Segment = "weights" | "gradients" | "firstMoments" | "secondMoments";

const trainedSegments: readonly Segment[] = ["weights", "gradients", "firstMoments", "secondMoments"];

export class ParameterStore {
  readonly config: ModelConfig;
  readonly specs: readonly ParameterSpec[];
  /** Values in one segment. */
  readonly count: number;
  /** Leading values of a segment that are subject to weight decay. */
  readonly decayed: number;
  readonly #engine: Engine;
  readonly #offsets: ReadonlyMap<string, number>;
  readonly #segments: ReadonlyMap<Segment, number>;

  /** `purpose` decides whether room for training is taken: 16 bytes a parameter instead of 4. */
  constructor(engine: Engine, config: ModelConfig, purpose: "training" | "inference") {
    this.#engine = engine;
    this.config = config;
    this.specs = parameterSpecs(config);
    const isMatrix = ({ shape }: ParameterSpec): boolean => shape.length > 1;
    const ordered = [...this.specs.filter(isMatrix), ...this.specs.filter((spec) => !isMatrix(spec))];
    const offsets = new Map<string, number>();
    let next = 0;
    for (const { name, shape } of ordered) {
      offsets.set(name, next);
      next += elementCount(shape);
    }
    this.#offsets = offsets;
    this.count = next;
    this.decayed = this.specs.filter(isMatrix).reduce((sum, { shape }) => sum + elementCount(shape), 0);
    const segments = purpose === "training" ? trainedSegments : (["weights"] as const);
    this.#segments = new Map(segments.map((segment) => [segment, engine.allocate(4 * next)]));
  }

  address(segment: Segment, name?: string): number {
    const base = this.#segments.get(segment);
    if (base === undefined) throw new Error(`internal: this store holds no ${segment}`);
    if (name === undefined) return base;
    const offset = this.#offsets.get(name);
    if (offset === undefined) throw new Error(`internal: there is no parameter ${name}`);
    return base + 4 * offset;
  }

  /** A view of one parameter's part of a segment. */
  values(segment: Segment, spec: ParameterSpec): Float32Array {
    return this.#engine.floats(this.address(segment, spec.name), elementCount(spec.shape));
  }

  initialize(seed: number): void {
    this.specs.forEach((spec, index) => {
      fillInitial(this.values("weights", spec), spec, seed, index);
    });
  }
}
