/** Compares the arithmetic of a round with numpy and scipy (vectors.json, by makeVectors.py). */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compressDelta } from "../../src/diloco/compression/compressDelta.ts";
import { type Compression, readDelta } from "../../src/diloco/compression/delta.ts";
import { outerStep } from "../../src/diloco/outerStep.ts";
import type { RoundRules } from "../../src/rounds/roundWorker.ts";
import { type AggregatorName, aggregated } from "./aggregated.ts";

interface Aggregation {
  readonly trim: number;
  readonly rows: readonly (readonly number[])[];
  readonly mean: readonly number[];
  readonly trimmedMean: readonly number[];
  readonly coordinateMedian: readonly number[];
  readonly krum: readonly number[];
  readonly multiKrum: readonly number[];
  readonly geometricMedian: readonly number[];
}

interface Vectors {
  readonly aggregations: readonly Aggregation[];
  readonly codecs: readonly { readonly name: Compression; readonly values: number[]; readonly blocks: string }[];
  readonly steps: {
    readonly rate: number;
    readonly momentum: number;
    readonly weights: number[];
    readonly steps: readonly { readonly gradient: number[]; readonly weights: number[]; readonly momentum: number[] }[];
  };
}

const vectors = JSON.parse(readFileSync(new URL("vectors.json", import.meta.url), "utf8")) as Vectors;
const HEADER_BYTES = 16;

const fields = {
  mean: "mean",
  "trimmed-mean": "trimmedMean",
  "coordinate-median": "coordinateMedian",
  krum: "krum",
  "multi-krum": "multiKrum",
} as const satisfies { readonly [A in AggregatorName]?: keyof Aggregation };

describe.each(vectors.aggregations)("of $rows.length contributions", (aggregation) => {
  const rows = aggregation.rows.map((row) => Float32Array.from(row));
  const options = { trimFraction: (aggregation.trim + 0.5) / rows.length };

  test.each(Object.keys(fields) as (keyof typeof fields)[])("%s is the float32 nearest to scipy's", (name) => {
    expect(aggregated(name, rows, options)).toEqual(Float32Array.from(aggregation[fields[name]]));
  });

  test("the geometric median has no larger sum of distances than scipy's, to six digits", () => {
    const sum = (point: ArrayLike<number>): number =>
      rows.reduce((total, row) => total + Math.sqrt(row.reduce((sq, x, i) => sq + (x - point[i]!) ** 2, 0)), 0);
    const ours = aggregated("geometric-median", rows);
    expect(sum(ours) / sum(aggregation.geometricMedian)).toBeLessThan(1 + 1e-6);
  });
});

test.each(vectors.codecs)("$name writes the bytes that numpy writes", ({ name, values, blocks }) => {
  const base = Float32Array.from(values);
  const end = new Float32Array(base.length);
  const { bytes } = compressDelta({ base, end, residual: undefined, compression: name });
  expect(Buffer.from(bytes.subarray(HEADER_BYTES)).toString("hex")).toBe(blocks);
});

test("three outer steps have the bits of the formula in numpy's float32", () => {
  const { rate, momentum: mu, weights: first, steps } = vectors.steps;
  let weights: Float32Array = Float32Array.from(first);
  let momentum: Float32Array = new Float32Array(weights.length);
  const rules: RoundRules = {
    ...{ segmentSteps: 1, compression: "int8" as const, aggregator: "mean" as const, trimFraction: 0 },
    ...{ outerLearningRate: rate, outerMomentum: mu },
  };
  for (const step of steps) {
    const base = Float32Array.from(step.gradient);
    const end = new Float32Array(base.length);
    const { bytes } = compressDelta({ base, end, residual: undefined, compression: "int8" });
    const sent = new Float32Array(base.length);
    readDelta(bytes, "int8", 0, sent);
    expect(sent).toEqual(base);
    ({ weights, momentum } = outerStep({ weights, momentum, deltas: [bytes], rules }));
    expect(weights).toEqual(Float32Array.from(step.weights));
    expect(momentum).toEqual(Float32Array.from(step.momentum));
  }
});
