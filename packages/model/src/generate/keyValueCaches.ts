/** Memory for the keys and values of the texts in work, and the tables of rotary positions that go with them. */
import { type Engine, type Graph, inPanels, PANEL_COLUMNS, ropeTables, type Value } from "@neuroshard/tensor";
import { headSizeOf, type ModelConfig, ROPE_THETA } from "../config.ts";
import type { LayerCache } from "../transformer.ts";

export class KeyValueCaches {
  readonly #config: ModelConfig;
  readonly slots: number;
  readonly #addresses = new Map<string, number>();

  constructor(engine: Engine, config: ModelConfig, slots: number) {
    this.#config = config;
    this.slots = slots;
    const { layers, context, keyHeads } = config;
    const headSize = headSizeOf(config);
    const sizes = { keys: inPanels(context), values: context };
    for (let layer = 0; layer < layers; layer++)
      for (const [kind, rows] of Object.entries(sizes))
        this.#addresses.set(`cache:${kind}.${layer}`, engine.allocate(4 * slots * rows * keyHeads * headSize));
    for (const [name, table] of Object.entries(ropeTables(context, headSize, ROPE_THETA))) {
      const address = engine.allocate(table.byteLength);
      engine.floats(address, table.length).set(table);
      this.#addresses.set(`table:${name}`, address);
    }
  }

  /** Caches and tables as values of a graph, to be bound by `address`. */
  in(graph: Graph): { layers: readonly LayerCache[]; cosines: Value; sines: Value } {
    const { layers, context, keyHeads } = this.#config;
    const headSize = headSizeOf(this.#config);
    const panels = [inPanels(context) / PANEL_COLUMNS, headSize, PANEL_COLUMNS];
    const table = [context, headSize / 2];
    return {
      layers: Array.from({ length: layers }, (_, layer) => ({
        keys: graph.parameter(`cache:keys.${layer}`, [this.slots, keyHeads, ...panels]),
        values: graph.parameter(`cache:values.${layer}`, [this.slots, keyHeads, context, headSize]),
      })),
      cosines: graph.parameter("table:cosines", table),
      sines: graph.parameter("table:sines", table),
    };
  }

  /** Where such a value lives, or undefined if it is none. */
  address({ name }: Value): number | undefined {
    return this.#addresses.get(name);
  }
}
