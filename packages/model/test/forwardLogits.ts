/** The plain forward pass, without a cache: what every other way to the same logits must equal. */
import { type Engine, Graph, type OperandMode, Plan, ropeTables } from "@neuroshard/tensor";
import { headSizeOf, ROPE_THETA } from "../src/config.ts";
import type { ParameterStore } from "../src/parameterStore.ts";
import { plainWeights, transformer } from "../src/transformer.ts";

export interface ForwardOptions {
  readonly mode: OperandMode;
  /** Default 1; the tokens are divided among them. */
  readonly sequences?: number;
}

/** tokens: (sequences * length) ids -> logits (sequences * length, vocabulary). */
export function forwardLogits(
  engine: Engine,
  store: ParameterStore,
  tokens: readonly number[],
  { mode, sequences = 1 }: ForwardOptions,
): Float32Array {
  const { config, specs } = store;
  const graph = new Graph(mode);
  const bounds = { lowest: 0, beyond: config.vocabularySize };
  const ids = graph.input("tokens", [tokens.length], { type: "i32", bounds });
  const length = tokens.length / sequences;
  const table = [length, headSizeOf(config) / 2];
  const tables = { cosines: graph.input("cosines", table), sines: graph.input("sines", table) };
  const weights = plainWeights(graph, config, new Map(specs.map(({ name, shape }) => [name, shape])));
  const logits = transformer(graph, config, ids, { weights, sequences, tables });
  const plan = new Plan(engine, graph, {
    outputs: [logits],
    bind: ({ role, name }) => (role === "parameter" ? store.address("weights", name) : undefined),
  });
  const { cosines, sines } = ropeTables(length, headSizeOf(config), ROPE_THETA);
  plan.floats(tables.cosines).set(cosines);
  plan.floats(tables.sines).set(sines);
  plan.writeIntegers(ids, tokens);
  plan.run();
  return plan.floats(logits).slice();
}
