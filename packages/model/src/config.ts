/** The architecture of a NeuroLLM: everything that decides the shapes of its parameters and its arithmetic. */
import { ModelError } from "./modelError.ts";

export interface ModelConfig {
  readonly vocabularySize: number;
  /** Features per token, h. */
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  /** Key and value heads; each serves heads / keyHeads query heads. */
  readonly keyHeads: number;
  /** Width of the SwiGLU layer. */
  readonly feedForwardWidth: number;
  /** Most tokens that the model sees at once. */
  readonly context: number;
  /** Whether the output head is the transposed embedding. */
  readonly tiedHead: boolean;
}

export const NORM_EPSILON = 1e-6;
export const ROPE_THETA = 10000;
/** Standard deviation of initial weights. */
export const INITIAL_DEVIATION = 0.02;

/** 8h/3 rounded up to a multiple of 64: as many weights as a plain layer of width 4h. */
export function feedForwardWidthOf(width: number): number {
  return Math.ceil((8 * width) / 3 / 64) * 64;
}

export function headSizeOf(config: ModelConfig): number {
  return config.width / config.heads;
}

/** Columns of the fused projection: query heads, key heads, value heads. */
export function qkvWidthOf(config: ModelConfig): number {
  return (config.heads + 2 * config.keyHeads) * headSizeOf(config);
}

/** Beyond these a configuration is a mistake or an attack: shapes are computed from it before memory is asked for. */
const mostOf: { readonly [F in Exclude<keyof ModelConfig, "tiedHead">]: number } = {
  vocabularySize: 2 ** 22,
  width: 2 ** 16,
  layers: 2 ** 10,
  heads: 2 ** 10,
  keyHeads: 2 ** 10,
  feedForwardWidth: 2 ** 18,
  context: 2 ** 20,
};

/** Throws ModelError INVALID_CONFIG naming the field. */
export function checkConfig(config: ModelConfig): ModelConfig {
  const refuse = (message: string): never => {
    throw new ModelError("INVALID_CONFIG", `model configuration: ${message}`);
  };
  for (const [field, most] of Object.entries(mostOf)) {
    const value = config[field as keyof typeof mostOf];
    if (!(Number.isSafeInteger(value) && value > 0 && value <= most))
      refuse(`${field} must be a positive integer of at most ${most}`);
  }
  if (config.width % config.heads !== 0) refuse(`width ${config.width} is not a multiple of heads ${config.heads}`);
  if (headSizeOf(config) % 2 !== 0) refuse(`the head size ${headSizeOf(config)} must be even for rotary positions`);
  if (config.heads % config.keyHeads !== 0)
    refuse(`heads ${config.heads} is not a multiple of keyHeads ${config.keyHeads}`);
  return config;
}

const configFields = {
  vocabularySize: "number",
  width: "number",
  layers: "number",
  heads: "number",
  keyHeads: "number",
  feedForwardWidth: "number",
  context: "number",
  tiedHead: "boolean",
} as const satisfies { readonly [F in keyof ModelConfig]: "number" | "boolean" };

/** Reads a configuration from a file's JSON. Throws ModelError INVALID_CONFIG. */
export function parseConfig(json: unknown): ModelConfig {
  const object = (typeof json === "object" && json !== null ? json : {}) as Record<string, unknown>;
  const entries = Object.entries(configFields).map(([field, type]) => {
    const value = object[field];
    const isRight = typeof value === type;
    if (!isRight) throw new ModelError("INVALID_CONFIG", `model configuration: ${field} must be a ${type}`);
    return [field, value];
  });
  return checkConfig(Object.fromEntries(entries) as ModelConfig);
}

/** Names the first field in which two architectures differ, or undefined. */
export function differingField(a: ModelConfig, b: ModelConfig): keyof ModelConfig | undefined {
  const fields = Object.keys(configFields) as (keyof ModelConfig)[];
  return fields.find((field) => a[field] !== b[field]);
}
