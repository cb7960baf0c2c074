/** The models that are measured, the same as in peers/peerConfigs.py, and what a training step of each costs. */
import { type ModelConfig, parameterCount, presetOf } from "@neuroshard/model";

/** Those that are trained against peers. */
export type TrainedConfig = "char-cpu" | "small" | "small8k";
export type ConfigName = TrainedConfig | "nano";

export interface BenchConfig {
  readonly model: ModelConfig;
  /** Sequences per training step. */
  readonly batch: number;
}

function config(preset: string, vocabularySize: number, batch: number): BenchConfig {
  return { model: { vocabularySize, ...presetOf(preset).model }, batch };
}

export const configs: { readonly [C in ConfigName]: BenchConfig } = {
  "char-cpu": config("char-cpu", 65, 12),
  nano: config("nano", 1024, 8),
  small: config("small", 65, 8),
  small8k: config("small", 8192, 4),
};

/** 10^9 operations of one step: 6 per weight and token, 12 L d T per token in attention, as peers/peerConfigs.py counts. */
export function gigaflopPerStep({ model, batch }: BenchConfig): number {
  const perToken = 6 * parameterCount(model) + 12 * model.layers * model.width * model.context;
  return (batch * model.context * perToken) / 1e9;
}

/** `small: 10,646,784 parameters, 8 x 256 tokens, 145.3 GFLOP a step`. */
export function describeConfig(name: ConfigName): string {
  const { model, batch } = configs[name];
  const parameters = parameterCount(model).toLocaleString("en-US");
  const cost = gigaflopPerStep(configs[name]).toFixed(1);
  const size = `${model.layers} layers, ${model.width} wide, vocabulary ${model.vocabularySize}`;
  return `\`${name}\`: ${size}, ${parameters} parameters, ${batch} x ${model.context} tokens, ${cost} GFLOP a step`;
}
