/**
 * Decoding with a growing cache of keys and values. Feeding tokens one by one, in chunks or all at once gives the same
 * logits, bit for bit: each row's arithmetic is its own.
 */
import { type Engine, Graph, type OperandMode, Plan, ropeTables, type Value } from "@neuroshard/tensor";
import { headSizeOf, type ModelConfig, ROPE_THETA } from "../config.ts";
import { ModelError } from "../modelError.ts";
import type { ParameterStore } from "../parameterStore.ts";
import { type LayerCache, transformer } from "../transformer.ts";
import { ServingWeights, type WeightFormat } from "./servingWeights.ts";

/** Rows that are fed together: the prompt in chunks, then token by token. */
const chunkLengths = [32, 1] as const;

interface Stage {
  readonly plan: Plan;
  readonly tokens: Value;
  readonly past: Value;
  readonly logits: Value;
  readonly length: number;
}

export interface SessionOptions {
  readonly mode: OperandMode;
  readonly weights: WeightFormat;
}

/** Rule A5: no token is chosen from logits that are not numbers. A plain loop: this runs for every token. */
function expectFinite(logits: Float32Array): Float32Array {
  for (let i = 0; i < logits.length; i++)
    if (!Number.isFinite(logits[i]!))
      throw new ModelError(
        "NOT_FINITE",
        "the model's output is not a finite number, its weights are spoilt; use an earlier checkpoint",
      );
  return logits;
}

export class DecodeSession {
  readonly config: ModelConfig;
  readonly #weights: ServingWeights;
  readonly #stages: readonly Stage[];
  #past = 0;

  constructor(engine: Engine, store: ParameterStore, { mode, weights }: SessionOptions) {
    this.config = store.config;
    this.#weights = new ServingWeights(engine, store, mode, weights);
    const { layers, context, keyHeads } = store.config;
    const cacheBytes = 4 * context * keyHeads * headSizeOf(store.config);
    const caches = new Map<string, number>();
    for (let layer = 0; layer < layers; layer++)
      for (const kind of ["keys", "values"]) caches.set(`cache:${kind}.${layer}`, engine.allocate(cacheBytes));
    this.#stages = chunkLengths
      .filter((length) => length <= context)
      .map((length) => this.#planStage(engine, mode, length, caches));
  }

  /** Tokens in the cache. */
  get length(): number {
    return this.#past;
  }

  /** Forgets all tokens. */
  reset(): void {
    this.#past = 0;
  }

  /** Forgets all tokens and takes over weights that were trained meanwhile. */
  refresh(): void {
    this.#weights.refresh();
    this.reset();
  }

  /**
   * Appends tokens and returns the logits after the last one: (vocabulary), a copy.
   * The caller keeps length + tokens.length within the context (`internal:` otherwise). Throws ModelError NOT_FINITE.
   */
  feed(tokens: readonly number[]): Float32Array {
    if (tokens.length === 0 || this.#past + tokens.length > this.config.context)
      throw new Error("internal: nothing to feed, or more than the context holds");
    let logits = new Float32Array();
    for (let from = 0; from < tokens.length; ) {
      const stage = this.#stages.find(({ length }) => length <= tokens.length - from)!;
      stage.plan.writeIntegers(stage.tokens, tokens.slice(from, from + stage.length));
      stage.plan.writeIntegers(stage.past, [this.#past]);
      stage.plan.run();
      this.#past += stage.length;
      from += stage.length;
      if (from === tokens.length) logits = stage.plan.floats(stage.logits).slice(-this.config.vocabularySize);
    }
    return expectFinite(logits);
  }

  #planStage(engine: Engine, mode: OperandMode, length: number, caches: ReadonlyMap<string, number>): Stage {
    const { vocabularySize, context, layers, keyHeads } = this.config;
    const headSize = headSizeOf(this.config);
    const graph = new Graph(mode);
    const tokens = graph.input("tokens", [length], { type: "i32", bounds: { lowest: 0, beyond: vocabularySize } });
    const past = graph.input("past", [1], { type: "i32", bounds: { lowest: 0, beyond: context - length + 1 } });
    const table = [context, headSize / 2];
    const cosines = graph.input("cosines", table);
    const sines = graph.input("sines", table);
    const cacheOf = (kind: string, layer: number): Value =>
      graph.parameter(`cache:${kind}.${layer}`, [context, keyHeads * headSize]);
    const layerCaches = Array.from(
      { length: layers },
      (_, layer): LayerCache => ({ keys: cacheOf("keys", layer), values: cacheOf("values", layer) }),
    );
    const logits = transformer(graph, this.config, tokens, {
      weights: this.#weights.in(graph),
      sequences: 1,
      tables: { cosines, sines, past },
      cache: { past, layers: layerCaches },
    });
    const bind = (value: Value): number | undefined => caches.get(value.name) ?? this.#weights.address(value);
    const plan = new Plan(engine, graph, { outputs: [logits], bind });
    const tables = ropeTables(context, headSize, ROPE_THETA);
    plan.floats(cosines).set(tables.cosines);
    plan.floats(sines).set(tables.sines);
    return { plan, tokens, past, logits, length };
  }
}
