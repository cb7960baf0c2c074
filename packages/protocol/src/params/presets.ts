/** The three clocks a network can be made with. Every duration among the parameters is counted in blocks of its preset. */
export const PRESET_NAMES = ["main", "devnet", "minimal"] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

/** How many blocks make a day, and the time between two blocks. */
export interface ChainClock {
  readonly dayBlocks: number;
  readonly blockSeconds: number;
}

export interface Preset extends ChainClock {
  readonly name: PresetName;
}

/** `devnet` runs through a proposal in minutes for people to watch, `minimal` in a few dozen blocks for tests. */
export const PRESETS: { readonly [Name in PresetName]: Preset } = {
  main: { name: "main", dayBlocks: 17_280, blockSeconds: 5 },
  devnet: { name: "devnet", dayBlocks: 12, blockSeconds: 1 },
  minimal: { name: "minimal", dayBlocks: 4, blockSeconds: 1 },
};
