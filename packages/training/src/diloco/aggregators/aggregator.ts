/** How the contributions of a round become one. Every node does the same in the same order and gets the same bits. */
import type { Contributions, Tile } from "../contributions.ts";

export interface AggregatorSettings {
  /** Part that the trimmed mean drops on each side. */
  readonly trimFraction: number;
}

/** One chunk: every column of the tile becomes one value of `out`, which has as many. Keeps neither. */
export type Combine = (tile: Tile, out: Float32Array) => void;

/**
 * Looks at all contributions where it must, and gives what is done chunk by chunk. There is at least one, and all values are
 * finite: nothing else gets here.
 */
export type Aggregator = (contributions: Contributions, settings: AggregatorSettings) => Combine;
