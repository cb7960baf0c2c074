/** Named sizes of the model with the training settings that suit them. */
import { feedForwardWidthOf, type ModelConfig } from "./config.ts";
import { ModelError } from "./modelError.ts";

export interface Preset {
  readonly model: Omit<ModelConfig, "vocabularySize">;
  /** How text becomes tokens unless the caller says otherwise. */
  readonly tokenizer: { readonly kind: "characters" } | { readonly kind: "bpe"; readonly vocabularySize: number };
  readonly training: {
    /** Sequences per optimisation step. */
    readonly batch: number;
    readonly learningRate: number;
    readonly schedule: "constant" | "cosine";
    readonly warmUpSteps: number;
  };
}

interface Size {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly keyHeads?: number;
  readonly context: number;
}

function sized({ width, layers, heads, keyHeads = heads, context }: Size): Preset["model"] {
  return { width, layers, heads, keyHeads, context, feedForwardWidth: feedForwardWidthOf(width), tiedHead: true };
}

const cosine = { schedule: "cosine", warmUpSteps: 100 } as const;

const presets = {
  /** For tests: a step takes milliseconds. */
  tiny: {
    model: sized({ width: 32, layers: 2, heads: 4, keyHeads: 2, context: 32 }),
    tokenizer: { kind: "bpe", vocabularySize: 320 },
    training: { batch: 4, learningRate: 3e-3, schedule: "constant", warmUpSteps: 0 },
  },
  /** The published nanoGPT case for CPUs: 4 layers, 4 heads, 128 wide, context 64, characters. */
  "char-cpu": {
    model: sized({ width: 128, layers: 4, heads: 4, context: 64 }),
    tokenizer: { kind: "characters" },
    training: { batch: 12, learningRate: 1e-3, ...cosine },
  },
  /** The first run: whole words and story sentences within minutes on two cores. */
  nano: {
    model: sized({ width: 128, layers: 4, heads: 4, context: 256 }),
    tokenizer: { kind: "bpe", vocabularySize: 1024 },
    training: { batch: 8, learningRate: 4e-3, ...cosine },
  },
  micro: {
    model: sized({ width: 256, layers: 6, heads: 8, keyHeads: 4, context: 256 }),
    tokenizer: { kind: "bpe", vocabularySize: 4096 },
    training: { batch: 8, learningRate: 1e-3, ...cosine },
  },
  /** 10.6 M parameters without the embedding. */
  small: {
    model: sized({ width: 384, layers: 6, heads: 6, context: 256 }),
    tokenizer: { kind: "bpe", vocabularySize: 8192 },
    training: { batch: 8, learningRate: 1e-3, ...cosine },
  },
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof presets;

export const presetNames = Object.keys(presets) as readonly PresetName[];

/** Throws ModelError UNKNOWN_PRESET. */
export function presetOf(name: string): Preset {
  if (!Object.hasOwn(presets, name)) {
    const message = `there is no preset ${JSON.stringify(name)}; choose one of ${presetNames.join(", ")}`;
    throw new ModelError("UNKNOWN_PRESET", message);
  }
  return presets[name as PresetName];
}
