/** One step of decoding: a fixed number of rows, each a token of some text. */
import { type Engine, embed, Graph, type OperandMode, Plan, type Value } from "@neuroshard/tensor";
import type { ModelConfig } from "../config.ts";
import { blocks, embedTokens, outputHead } from "../transformer.ts";
import type { KeyValueCaches } from "./keyValueCaches.ts";
import type { ServingWeights } from "./servingWeights.ts";

export interface DecodeRow {
  readonly token: number;
  readonly slot: number;
  /** Of the token in the slot's text. */
  readonly position: number;
  /** Whether the logits after this token are asked for: in a prompt only those after the last are. */
  readonly isWanted: boolean;
}

export interface DecodeParts {
  readonly config: ModelConfig;
  readonly mode: OperandMode;
  readonly weights: ServingWeights;
  readonly caches: KeyValueCaches;
}

/** Kernels leave such a row out where it would touch a cache; what else they make of it nobody reads. */
const NO_SLOT = -1;
const nobody: DecodeRow = { token: 0, slot: NO_SLOT, position: 0, isWanted: false };

/** A prompt is fed in chunks of so many rows: more are not faster, and keep the others waiting. */
const MOST_ROWS = 32;

/** The sizes of steps to have, from few rows to many: what is between them is filled up. */
export function rowCounts(slots: number): readonly number[] {
  const doubled = [1, 2, 4, 8, 16].filter((rows) => rows < 2 * slots);
  return [...doubled, MOST_ROWS];
}

export class DecodeStep {
  readonly rows: number;
  readonly #plan: Plan;
  readonly #tokens: Value;
  readonly #past: Value;
  readonly #slots: Value;
  readonly #wanted: Value;
  readonly #logits: Value;
  readonly #vocabularySize: number;

  constructor(engine: Engine, { config, mode, weights, caches }: DecodeParts, rows: number) {
    this.rows = rows;
    this.#vocabularySize = config.vocabularySize;
    const graph = new Graph(mode);
    const integers = (name: string, lowest: number, beyond: number, count = rows): Value =>
      graph.input(name, [count], { type: "i32", bounds: { lowest, beyond } });
    this.#tokens = integers("tokens", 0, config.vocabularySize);
    this.#past = integers("past", 0, config.context);
    this.#slots = integers("slots", NO_SLOT, caches.slots);
    this.#wanted = integers("wanted", 0, rows, Math.min(rows, caches.slots));
    const served = weights.in(graph);
    const { layers, cosines, sines } = caches.in(graph);
    const x = blocks(graph, config, embedTokens(graph, this.#tokens, served), {
      weights: served,
      sequences: rows,
      tables: { cosines, sines, past: this.#past },
      cache: { past: this.#past, slots: this.#slots, layers },
      from: 0,
      to: config.layers,
    });
    this.#logits = outputHead(graph, embed(graph, this.#wanted, x), served);
    const bind = (value: Value): number | undefined => caches.address(value) ?? weights.address(value);
    this.#plan = new Plan(engine, graph, { outputs: [this.#logits], bind });
  }

  /** Writes the rows' keys and values into the caches; returns the logits (vocabulary) after each wanted row, copies. */
  run(given: readonly DecodeRow[]): Float32Array[] {
    const rows = Array.from({ length: this.rows }, (_, i) => given[i] ?? nobody);
    const wanted = [...rows.keys()].filter((i) => rows[i]!.isWanted);
    const write = (value: Value, of: (row: DecodeRow) => number): void => this.#plan.writeIntegers(value, rows.map(of));
    write(this.#tokens, ({ token }) => token);
    write(this.#past, ({ position }) => position);
    write(this.#slots, ({ slot }) => slot);
    this.#plan.writeIntegers(
      this.#wanted,
      Array.from({ length: this.#wanted.shape[0]! }, (_, i) => wanted[i] ?? 0),
    );
    this.#plan.run();
    const logits = this.#plan.floats(this.#logits);
    const size = this.#vocabularySize;
    return wanted.map((_, i) => logits.slice(i * size, (i + 1) * size));
  }
}
