/** What an aggregator of the table makes of rows of numbers, tile by tile. */
import { AGGREGATORS } from "../../src/diloco/aggregators/aggregatorOf.ts";
import { contributionsOf } from "./testRows.ts";

export type AggregatorName = keyof typeof AGGREGATORS;

export interface AggregatedOptions {
  readonly trimFraction?: number;
  readonly columns?: number;
}

export function aggregated(
  name: AggregatorName,
  rows: readonly Float32Array[],
  { trimFraction = 0.1, columns = 64 }: AggregatedOptions = {},
): Float32Array {
  const contributions = contributionsOf(rows, columns);
  const combine = AGGREGATORS[name](contributions, { trimFraction });
  const result = new Float32Array(rows[0]!.length);
  contributions.forEachTile((tile, from) => combine(tile, result.subarray(from, from + tile.columns)));
  return result;
}
