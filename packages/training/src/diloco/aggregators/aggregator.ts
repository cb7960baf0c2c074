/** How the contributions of a round become one. Every node does the same in the same order and gets the same bits. */
import type { Contributions } from "../contributions.ts";

export interface AggregatorSettings {
  /** Part that the trimmed mean drops on each side. */
  readonly trimFraction: number;
}

/** One chunk: `rows[contribution][coordinate]` becomes `out[coordinate]`. Must not keep the arrays. */
export type Combine = (rows: readonly Float32Array[], out: Float32Array) => void;

/** Looks at all contributions where it must, and gives what is done chunk by chunk. At least one contribution. */
export type Aggregator = (contributions: Contributions, settings: AggregatorSettings) => Combine;
