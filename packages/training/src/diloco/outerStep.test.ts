import { describe, expect, test } from "vitest";
import { createRandom, randomRows } from "../../test/diloco/testRows.ts";
import type { RoundRules } from "../rounds/roundWorker.ts";
import { compressDelta } from "./compression/compressDelta.ts";
import { CHUNK_VALUES, readDelta } from "./compression/delta.ts";
import { type OuterStepRequest, outerStep } from "./outerStep.ts";

const VALUES = 2 * CHUNK_VALUES + 333;
const HEADER_BYTES = 16;
const plain: RoundRules = {
  segmentSteps: 1,
  compression: "int8",
  aggregator: "mean",
  trimFraction: 0.1,
  outerLearningRate: 1,
  outerMomentum: 0,
};
const usual: RoundRules = { ...plain, aggregator: "trimmed-mean", outerLearningRate: 0.7, outerMomentum: 0.9 };

function sent(wanted: Float32Array): Uint8Array {
  const end = new Float32Array(wanted.length);
  return compressDelta({ base: wanted, end, residual: undefined, compression: "int8" }).bytes;
}

function received(bytes: Uint8Array): Float32Array {
  const all = new Float32Array(VALUES);
  for (let from = 0; from < VALUES; from += CHUNK_VALUES)
    readDelta(bytes, "int8", from, all.subarray(from, from + CHUNK_VALUES));
  return all;
}

function norm(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

function step(deltas: readonly Uint8Array[], changes: Partial<OuterStepRequest> = {}) {
  const weights = new Float32Array(VALUES);
  return outerStep({ weights, momentum: new Float32Array(VALUES), deltas, rules: usual, ...changes });
}

/** Four trainers that found much the same way, a few thousandths long. */
function honestWays(seed: number): Float32Array[] {
  const random = createRandom(seed);
  const [common, ...noise] = randomRows(random, 5, VALUES);
  return noise.map((own) => common!.map((value, i) => 1e-3 * (value + own[i]! / 4)));
}

test("plain averaging, rate 1 without momentum, arrives at the mean of where the workers arrived", () => {
  const [base, ...ways] = randomRows(createRandom(1), 4, VALUES);
  const ends = ways.map((way) => base!.map((value, i) => value + way[i]! / 1000));
  const parts = ends.map((end) => compressDelta({ base: base!, end, residual: undefined, compression: "int8" }));
  const request = { weights: base!, momentum: new Float32Array(VALUES), deltas: parts.map(({ bytes }) => bytes) };
  const { weights } = outerStep({ ...request, rules: plain, clipping: "none" });
  for (let i = 0; i < VALUES; i++) {
    // What compression left over is for the next round; without it the mean is reached to the rounding of float32.
    const owed = parts.reduce((sum, { residual }) => sum + residual[i]!, 0) / parts.length;
    const mean = ends.reduce((sum, end) => sum + end[i]!, 0) / ends.length;
    expect(Math.abs(weights[i]! - owed - mean)).toBeLessThan(2 ** -22);
  }
});

test("a step with the wrong sign goes the other way", () => {
  const ways = honestWays(2);
  const { weights } = step(ways.map(sent));
  const along = weights.reduce((sum, value, i) => sum + value * ways[0]![i]!, 0);
  expect(along).toBeLessThan(0);
  const wrong = step(ways.map(sent), { rules: { ...usual, outerLearningRate: -0.7 } }).weights;
  expect(wrong).toEqual(weights.map((value) => 0 - value));
});

describe("faults", () => {
  const ways = honestWays(3);
  const good = ways.map(sent);
  const notFinite = good[3]!.slice();
  new DataView(notFinite.buffer).setFloat32(HEADER_BYTES, Number.NaN, true);
  const bad: Readonly<Record<string, Uint8Array>> = {
    "not-finite": notFinite,
    malformed: good[3]!.subarray(1),
    zero: sent(new Float32Array(VALUES)),
  };

  test.each(Object.entries(bad))("%s costs its own slot only", (fault, delta) => {
    const { faults, ...rest } = step([good[0]!, delta, good[1]!, good[2]!]);
    expect(faults).toEqual([null, fault, null, null]);
    expect(rest).toEqual((({ weights, momentum }) => ({ weights, momentum }))(step(good.slice(0, 3))));
  });

  test("with nothing to take in nothing changes", () => {
    const weights = Float32Array.from(ways[0]!);
    const momentum = Float32Array.from(ways[1]!);
    const deltas = Object.values(bad);
    const result = outerStep({ weights, momentum, deltas, rules: usual });
    expect(result).toEqual({ weights, momentum, faults: Object.keys(bad) });
    expect(outerStep({ weights, momentum, deltas: [], rules: usual })).toEqual({ weights, momentum, faults: [] });
  });

  test("what was given stays as it is", () => {
    const request = { weights: ways[0]!.slice(), momentum: ways[1]!.slice(), deltas: good.map((one) => one.slice()) };
    outerStep({ ...request, rules: usual });
    expect(request).toEqual({ weights: ways[0], momentum: ways[1], deltas: good });
  });
});

describe("clipping", () => {
  const [way] = honestWays(4);
  const times = (factor: number): Uint8Array => sent(way!.map((value) => factor * value));

  /** How far the mean of the contributions goes, in lengths of `way`. */
  function lengthOf(factors: readonly number[]): number {
    return norm(step(factors.map(times), { rules: plain }).weights) / norm(way!);
  }

  test.each([
    { factors: [1, 1, 1], length: 1 },
    { factors: [1, 2, 3], length: 5 / 3 },
    { factors: [1, 2, 3, 4], length: 7 / 4 },
    { factors: [100, 1, 1, 1], length: 1 },
    { factors: [100, 100, 1, 1], length: 1 },
    { factors: [1, 1000], length: 1 },
    { factors: [1000], length: 1000 },
  ])("takes contributions of norms $factors down to the lower median", ({ factors, length }) => {
    expect(Math.abs(lengthOf(factors) / length - 1)).toBeLessThan(1e-5);
  });

  test("leaves a contribution at the median as it came, bit for bit", () => {
    const { weights } = step([times(1)], { rules: plain });
    expect(weights).toEqual(received(times(1)).map((value) => 0 - value));
  });
});

describe("one of four is dishonest", () => {
  const ways = honestWays(5);
  const [first, second, third, own] = ways as [Float32Array, Float32Array, Float32Array, Float32Array];
  const honest = [first, second, third].map(sent);
  const clean = step([...honest, sent(own)]).weights;
  const random = createRandom(6);
  const attacks: Readonly<Record<string, Uint8Array>> = {
    "sign-flipped": sent(own.map((value) => -value)),
    "a hundred times as long": sent(own.map((value) => 100 * value)),
    "a hundred times as long, sign-flipped": sent(own.map((value) => -100 * value)),
    "random, ten times as long": sent(own.map(() => 2e-2 * random())),
    "a copy of another": honest[0]!,
    "not a number": honest[0]!.map((byte, i) => (i >= HEADER_BYTES && i < HEADER_BYTES + 4 ? 0xff : byte)),
  };

  function distance(weights: Float32Array): number {
    return norm(weights.map((value, i) => value - clean[i]!)) / norm(clean);
  }

  test.each(Object.entries(attacks))("%s: the step stays near the clean one", (_, delta) => {
    for (const place of [0, 1, 2, 3]) {
      const { weights } = step(honest.toSpliced(place, 0, delta));
      expect(distance(weights)).toBeLessThan(0.25);
    }
  });

  test("a hundred times as long: the plain mean without clipping is carried away", () => {
    const rules: RoundRules = { ...usual, aggregator: "mean" };
    const delta = attacks["a hundred times as long, sign-flipped"]!;
    const { weights } = step([...honest, delta], { rules, clipping: "none" });
    expect(distance(weights)).toBeGreaterThan(20);
    // Clipped, it is worth one honest contribution the wrong way.
    expect(distance(step([...honest, delta], { rules }).weights)).toBeLessThan(0.6);
  });
});
