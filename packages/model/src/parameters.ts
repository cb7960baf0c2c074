/** The parameters of a NeuroLLM: names, shapes and initial values, in the canonical order that digests and files follow. */
import { elementCount, fillNormal, type Shape } from "@neuroshard/tensor";
import { headSizeOf, INITIAL_DEVIATION, type ModelConfig, qkvWidthOf } from "./config.ts";

export interface ParameterSpec {
  readonly name: string;
  /** Matrices are stored (inputs, outputs): y = x W. */
  readonly shape: Shape;
  /** Standard deviation of the initial weights; "ones" for the gains of norms. */
  readonly initial: number | "ones";
}

/** Names of the parameters of layer i. */
export function layerNames(i: number) {
  const of = (name: string): string => `layers.${i}.${name}`;
  return {
    attentionNorm: of("attentionNorm"),
    qkv: of("qkv"),
    output: of("output"),
    mlpNorm: of("mlpNorm"),
    gateUp: of("gateUp"),
    down: of("down"),
  };
}

function layerSpecs(config: ModelConfig, i: number): readonly ParameterSpec[] {
  const { width, feedForwardWidth, heads, layers } = config;
  const names = layerNames(i);
  // Projections that write into the residual stream start smaller, so that its variance does not grow with depth.
  const residual = INITIAL_DEVIATION / Math.sqrt(2 * layers);
  return [
    { name: names.attentionNorm, shape: [width], initial: "ones" },
    { name: names.qkv, shape: [width, qkvWidthOf(config)], initial: INITIAL_DEVIATION },
    { name: names.output, shape: [heads * headSizeOf(config), width], initial: residual },
    { name: names.mlpNorm, shape: [width], initial: "ones" },
    { name: names.gateUp, shape: [width, 2 * feedForwardWidth], initial: INITIAL_DEVIATION },
    { name: names.down, shape: [feedForwardWidth, width], initial: residual },
  ];
}

export function parameterSpecs(config: ModelConfig): readonly ParameterSpec[] {
  const { vocabularySize, width, layers, tiedHead } = config;
  const head: ParameterSpec = { name: "head", shape: [width, vocabularySize], initial: INITIAL_DEVIATION };
  return [
    { name: "embedding", shape: [vocabularySize, width], initial: INITIAL_DEVIATION },
    ...Array.from({ length: layers }, (_, i) => layerSpecs(config, i)).flat(),
    { name: "finalNorm", shape: [width], initial: "ones" },
    ...(tiedHead ? [] : [head]),
  ];
}

export function parameterCount(config: ModelConfig): number {
  return parameterSpecs(config).reduce((sum, { shape }) => sum + elementCount(shape), 0);
}

/** Initial values of one parameter: a function of the seed and its place in the canonical order. */
export function fillInitial(target: Float32Array, spec: ParameterSpec, seed: number, index: number): void {
  if (spec.initial === "ones") target.fill(1);
  else fillNormal(target, { seed, purpose: "weights" }, index, spec.initial);
}
