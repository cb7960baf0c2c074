/**
 * NeuroLLM: a decoder-only transformer with pre-norm RMSNorm, rotary positions, grouped-query attention and SwiGLU.
 * Built from pieces (embedding, blocks, head), so that a stage of some layers is the same code as the whole.
 * rows = sequences * length throughout; C = width.
 */
import {
  attention,
  attentionCached,
  type CachePlace,
  cacheWrite,
  embed,
  type Graph,
  type Packed,
  product,
  productInt8,
  productPacked,
  type Quantized,
  quantize,
  type RopeTables,
  rmsNorm,
  rope,
  swiglu,
  type Value,
} from "@neuroshard/tensor";
import { headSizeOf, type ModelConfig, NORM_EPSILON } from "./config.ts";
import { layerNames } from "./parameters.ts";

/** A weight as a product reads it: as trained, packed beforehand, or quantized. */
export type Weight =
  | { readonly kind: "plain"; readonly value: Value; readonly transposed: boolean }
  | { readonly kind: "packed"; readonly packed: Packed }
  | { readonly kind: "int8"; readonly quantized: Quantized };

/** Where the model finds its parameters, by their names. `head` is the output head, tied or not. */
export interface Weights {
  vector(name: string): Value;
  matrix(name: string): Weight;
  embedding(): Value;
  head(): Weight;
}

/** Keys and values of one layer: (slots, keyHeads, context / 16 rounded up, headSize, 16) and (slots, keyHeads, context, headSize). */
export interface LayerCache {
  readonly keys: Value;
  readonly values: Value;
}

/** Rows stand in texts of any length: row r is the token at position past[r] of the text in slot slots[r]. */
export interface Caches {
  readonly past: Value;
  readonly slots: Value;
  readonly layers: readonly LayerCache[];
}

export interface Surroundings {
  readonly weights: Weights;
  /** As many as there are rows where there is a cache. */
  readonly sequences: number;
  readonly tables: RopeTables;
  /** Absent in training: then each row sees the rows of its own sequence. */
  readonly cache?: Caches;
}

/** Parameters read where they are trained. */
export function plainWeights(
  graph: Graph,
  config: ModelConfig,
  shapes: ReadonlyMap<string, readonly number[]>,
): Weights {
  const value = (name: string): Value => {
    const shape = shapes.get(name);
    if (shape === undefined) throw new Error(`internal: there is no parameter ${name}`);
    return graph.parameter(name, shape);
  };
  const head = config.tiedHead ? "embedding" : "head";
  return {
    vector: value,
    matrix: (name) => ({ kind: "plain", value: value(name), transposed: false }),
    embedding: () => value("embedding"),
    head: () => ({ kind: "plain", value: value(head), transposed: config.tiedHead }),
  };
}

/** x W + addend. */
function linear(graph: Graph, x: Value, weight: Weight, addend?: Value): Value {
  switch (weight.kind) {
    case "plain":
      return product(graph, x, weight.value, { transposeB: weight.transposed, addend });
    case "packed":
      return productPacked(graph, x, weight.packed, addend);
    case "int8":
      return productInt8(graph, quantize(graph, x, false), weight.quantized, addend);
  }
}

/** x: (rows, C) -> (rows, C): x + attention(norm(x)). */
function attentionLayer(graph: Graph, config: ModelConfig, x: Value, at: { layer: number } & Surroundings): Value {
  const { heads, keyHeads } = config;
  const headSize = headSizeOf(config);
  const { sequences, tables, weights, cache, layer } = at;
  const names = layerNames(layer);
  const normed = rmsNorm(graph, x, weights.vector(names.attentionNorm), NORM_EPSILON);
  const projected = linear(graph, normed, weights.matrix(names.qkv)); // (rows, (heads + 2 keyHeads) headSize)
  const rowsPerSequence = x.shape[0]! / sequences;
  const turned = rope(graph, projected, tables, { heads: heads + keyHeads, headSize, rowsPerSequence });
  const keyColumn = heads * headSize;
  const valueColumn = keyColumn + keyHeads * headSize;
  const attended = cache
    ? attendCached(graph, config, turned, { cache, layer, keyColumn, valueColumn })
    : attention(
        graph,
        { q: turned, k: turned, v: turned },
        {
          ...{ sequences, heads, keyHeads, keySize: headSize, valueSize: headSize },
          columns: { q: 0, k: keyColumn, v: valueColumn },
        },
      );
  return linear(graph, attended, weights.matrix(names.output), x);
}

/** Writes each row's key and value into the cache and attends over all that its text has there. */
function attendCached(
  graph: Graph,
  { heads }: ModelConfig,
  turned: Value,
  at: { cache: Caches; layer: number; keyColumn: number; valueColumn: number },
): Value {
  const { past, slots, layers } = at.cache;
  const sequences = turned.shape[0]!;
  const place = (cache: Value): CachePlace => ({ cache, past, slots });
  const layer = layers[at.layer]!;
  const keys = cacheWrite(graph, turned, place(layer.keys), { ...keyLayout, sequences, column: at.keyColumn });
  const values = cacheWrite(graph, turned, place(layer.values), { ...valueLayout, sequences, column: at.valueColumn });
  return attentionCached(graph, { q: turned, keys, values, past, slots }, { heads });
}

const keyLayout = { inPanels: true, round: true } as const;
const valueLayout = { inPanels: false, round: true } as const;

/** x: (rows, C) -> (rows, C): x + down(swiglu(gateUp(norm(x)))). */
function feedForwardLayer(graph: Graph, x: Value, weights: Weights, layer: number): Value {
  const names = layerNames(layer);
  const normed = rmsNorm(graph, x, weights.vector(names.mlpNorm), NORM_EPSILON);
  const hidden = swiglu(graph, linear(graph, normed, weights.matrix(names.gateUp)));
  return linear(graph, hidden, weights.matrix(names.down), x);
}

/** tokens: (rows) ids -> (rows, C). */
export function embedTokens(graph: Graph, tokens: Value, weights: Weights): Value {
  return embed(graph, tokens, weights.embedding());
}

/** Layers [from, to) on activations x: (rows, C) -> (rows, C). */
export function blocks(
  graph: Graph,
  config: ModelConfig,
  x: Value,
  at: Surroundings & { from: number; to: number },
): Value {
  let activations = x;
  for (let layer = at.from; layer < at.to; layer++) {
    const attended = attentionLayer(graph, config, activations, { ...at, layer });
    activations = feedForwardLayer(graph, attended, at.weights, layer);
  }
  return activations;
}

/** x: (rows, C) -> logits (rows, V). */
export function outputHead(graph: Graph, x: Value, weights: Weights): Value {
  return linear(graph, rmsNorm(graph, x, weights.vector("finalNorm"), NORM_EPSILON), weights.head());
}

/** tokens: (rows) ids -> logits (rows, V). */
export function transformer(graph: Graph, config: ModelConfig, tokens: Value, at: Surroundings): Value {
  const x = embedTokens(graph, tokens, at.weights);
  return outputHead(graph, blocks(graph, config, x, { ...at, from: 0, to: config.layers }), at.weights);
}
