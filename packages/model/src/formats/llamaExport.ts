/**
 * Export in the layout of Hugging Face's Llama models, so that other people's software loads it:
 * separate projections, matrices stored (outputs, inputs). Rotary positions have the same rotate-half layout.
 */
import type { Shape } from "@neuroshard/tensor";
import { headSizeOf, type ModelConfig, NORM_EPSILON, ROPE_THETA } from "../config.ts";
import { layerNames } from "../parameters.ts";
import type { NamedTensor } from "./safetensors.ts";

export interface LlamaTokenIds {
  readonly beginOfText: number | null;
  readonly endOfText: number | null;
}

/** The content of config.json. */
export function llamaConfig(
  config: ModelConfig,
  { beginOfText, endOfText }: LlamaTokenIds,
): Readonly<Record<string, unknown>> {
  return {
    architectures: ["LlamaForCausalLM"],
    model_type: "llama",
    hidden_act: "silu",
    hidden_size: config.width,
    intermediate_size: config.feedForwardWidth,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.keyHeads,
    head_dim: headSizeOf(config),
    vocab_size: config.vocabularySize,
    max_position_embeddings: config.context,
    rms_norm_eps: NORM_EPSILON,
    rope_theta: ROPE_THETA,
    rope_parameters: { rope_type: "default", rope_theta: ROPE_THETA },
    attention_bias: false,
    mlp_bias: false,
    tie_word_embeddings: config.tiedHead,
    initializer_range: 0.02,
    bos_token_id: beginOfText,
    eos_token_id: endOfText,
    torch_dtype: "float32",
  };
}

/** Columns [from, to) of a matrix (rows, columns), transposed: (to - from, rows). */
function transposedColumns(matrix: NamedTensor, from: number, to: number): { shape: Shape; values: Float32Array } {
  const [rows, columns] = matrix.shape as [number, number];
  const values = new Float32Array((to - from) * rows);
  for (let c = from; c < to; c++)
    for (let r = 0; r < rows; r++) values[(c - from) * rows + r] = matrix.values[r * columns + c]!;
  return { shape: [to - from, rows], values };
}

function layerTensors(config: ModelConfig, i: number, get: (name: string) => NamedTensor): readonly NamedTensor[] {
  const names = layerNames(i);
  const { feedForwardWidth, heads, keyHeads } = config;
  const size = headSizeOf(config);
  const [keys, values, end] = [heads * size, (heads + keyHeads) * size, (heads + 2 * keyHeads) * size] as const;
  const target = `model.layers.${i}`;
  const part = (name: string, source: string, from: number, to: number): NamedTensor => ({
    name: `${target}.${name}.weight`,
    ...transposedColumns(get(source), from, to),
  });
  return [
    { ...get(names.attentionNorm), name: `${target}.input_layernorm.weight` },
    part("self_attn.q_proj", names.qkv, 0, keys),
    part("self_attn.k_proj", names.qkv, keys, values),
    part("self_attn.v_proj", names.qkv, values, end),
    part("self_attn.o_proj", names.output, 0, config.width),
    { ...get(names.mlpNorm), name: `${target}.post_attention_layernorm.weight` },
    part("mlp.gate_proj", names.gateUp, 0, feedForwardWidth),
    part("mlp.up_proj", names.gateUp, feedForwardWidth, 2 * feedForwardWidth),
    part("mlp.down_proj", names.down, 0, config.width),
  ];
}

/** The tensors of model.safetensors; `get` finds a parameter by its own name. */
export function llamaTensors(config: ModelConfig, get: (name: string) => NamedTensor): readonly NamedTensor[] {
  const layers = Array.from({ length: config.layers }, (_, i) => layerTensors(config, i, get)).flat();
  const head = config.tiedHead
    ? []
    : [{ name: "lm_head.weight", ...transposedColumns(get("head"), 0, config.vocabularySize) }];
  return [
    { ...get("embedding"), name: "model.embed_tokens.weight" },
    ...layers,
    { ...get("finalNorm"), name: "model.norm.weight" },
    ...head,
  ];
}
