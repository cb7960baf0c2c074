/** The aggregators by the names of the registry. */
import type { RoundRules } from "../../rounds/roundWorker.ts";
import type { Aggregator } from "./aggregator.ts";
import { coordinateMedian } from "./coordinateMedian.ts";
import { geometricMedian } from "./geometricMedian.ts";
import { krum, multiKrum } from "./krum.ts";
import { mean } from "./mean.ts";
import { trimmedMean } from "./trimmedMean.ts";

export const AGGREGATORS: { readonly [A in RoundRules["aggregator"]]: Aggregator } = {
  mean,
  "trimmed-mean": trimmedMean,
  "coordinate-median": coordinateMedian,
  krum,
  "multi-krum": multiKrum,
  "geometric-median": geometricMedian,
};
