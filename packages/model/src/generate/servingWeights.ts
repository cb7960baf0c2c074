/**
 * Weights made ready for decoding: rounded and packed once instead of at every token, the tied head
 * transposed, or quantized to int8.
 * They are copies: after more training, `refresh` makes them again.
 */
import {
  type Engine,
  Graph,
  type OperandMode,
  Plan,
  packWeight,
  type Quantized,
  quantize,
  sizeInBytes,
  type Value,
} from "@neuroshard/tensor";
import type { ParameterStore } from "../parameterStore.ts";
import type { Weight, Weights } from "../transformer.ts";

export type WeightFormat = "float" | "int8";

interface Prepared {
  readonly shape: readonly number[];
  readonly address: number;
  /** Outputs of a packed matrix; float only. */
  readonly columns?: number;
  /** Of the quantization steps, one per output; int8 only. */
  readonly steps?: { readonly shape: readonly number[]; readonly address: number };
}

const HEAD = "output head";

export class ServingWeights {
  readonly #store: ParameterStore;
  readonly #format: WeightFormat;
  readonly #prepared = new Map<string, Prepared>();
  readonly #plan: Plan;

  constructor(engine: Engine, store: ParameterStore, mode: OperandMode, format: WeightFormat) {
    this.#store = store;
    this.#format = format;
    const graph = new Graph(mode);
    const places = new Map<Value, number>();
    const keep = (value: Value): { shape: readonly number[]; address: number } => {
      const address = engine.allocate(sizeInBytes(value));
      places.set(value, address);
      return { shape: value.shape, address };
    };
    for (const { source, name, shape } of this.#matrices()) {
      const weight = graph.parameter(source, shape);
      // The tied head reads the embedding the other way round.
      const isTransposed = name === HEAD && source === "embedding";
      const columns = shape[isTransposed ? 0 : 1]!;
      if (format === "float") this.#prepared.set(name, { ...keep(packWeight(graph, weight, isTransposed)), columns });
      else {
        const { values, steps } = quantize(graph, weight, !isTransposed);
        this.#prepared.set(name, { ...keep(values), steps: keep(steps) });
      }
    }
    this.#plan = new Plan(engine, graph, {
      outputs: [...places.keys()],
      bind: (value) =>
        places.get(value) ?? (value.role === "parameter" ? store.address("weights", value.name) : undefined),
    });
    this.refresh();
  }

  /** Copies the store's weights again. */
  refresh(): void {
    this.#plan.run();
  }

  /** The weights as values of a graph, to be bound by `address`. */
  in(graph: Graph): Weights {
    const specs = new Map(this.#store.specs.map(({ name, shape }) => [name, shape]));
    return {
      vector: (name) => graph.parameter(name, specs.get(name)!),
      embedding: () => graph.parameter("embedding", specs.get("embedding")!),
      matrix: (name) => this.#weight(graph, name),
      head: () => this.#weight(graph, HEAD),
    };
  }

  /** Where a parameter of such a graph lives, or undefined if it is none. */
  address(value: Value): number | undefined {
    if (value.role !== "parameter") return undefined;
    const [kind, name] = value.name.split(":");
    if (name === undefined)
      return this.#store.specs.some((s) => s.name === kind) ? this.#store.address("weights", kind) : undefined;
    const prepared = this.#prepared.get(name);
    return kind === "steps" ? prepared?.steps?.address : prepared?.address;
  }

  #matrices() {
    const { specs, config } = this.#store;
    const inner = specs.filter(({ name, shape }) => shape.length > 1 && name !== "embedding" && name !== "head");
    const headSource = config.tiedHead ? "embedding" : "head";
    const head = specs
      .filter(({ name }) => name === headSource)
      .map(({ shape }) => ({ source: headSource, name: HEAD, shape }));
    return [...inner.map(({ name, shape }) => ({ source: name, name, shape })), ...head];
  }

  #weight(graph: Graph, name: string): Weight {
    const { shape, columns, steps } = this.#prepared.get(name)!;
    if (this.#format === "float")
      return { kind: "packed", packed: { panels: graph.parameter(`packed:${name}`, shape), columns: columns! } };
    const quantized: Quantized = {
      values: graph.parameter(`int8:${name}`, shape, "i8"),
      steps: graph.parameter(`steps:${name}`, steps!.shape),
    };
    return { kind: "int8", quantized };
  }
}
