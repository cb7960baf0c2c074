import { ReferenceEngine } from "@neuroshard/tensor";
import { describe, expect, test } from "vitest";
import type { ModelConfig } from "./config.ts";
import { ParameterStore } from "./parameterStore.ts";
import { parameterCount, parameterSpecs } from "./parameters.ts";

const config: ModelConfig = {
  vocabularySize: 200,
  width: 96,
  layers: 8,
  heads: 6,
  keyHeads: 2,
  feedForwardWidth: 256,
  context: 16,
  tiedHead: false,
};

function initialized(seed: number, changes: Partial<ModelConfig> = {}): ParameterStore {
  const store = new ParameterStore(new ReferenceEngine(), { ...config, ...changes }, "inference");
  store.initialize(seed);
  return store;
}

function valuesOf(store: ParameterStore, name: string): Float32Array {
  return store.values("weights", store.specs.find((spec) => spec.name === name)!).slice();
}

describe("initial weights", () => {
  const store = initialized(1);

  test("have mean 0 and the deviation of their kind: 0.02, and 0.02 / sqrt(2 L) where they write into the residual", () => {
    const residual = 0.02 / Math.sqrt(2 * config.layers);
    for (const { name, shape } of store.specs.filter((spec) => spec.shape.length === 2)) {
      const wanted = /\.(output|down)$/.test(name) ? residual : 0.02;
      const values = valuesOf(store, name);
      const count = shape[0]! * shape[1]!;
      const mean = values.reduce((a, b) => a + b, 0) / count;
      const deviation = Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / count);
      // Five standard errors.
      expect(Math.abs(mean), name).toBeLessThan((5 * wanted) / Math.sqrt(count));
      expect(Math.abs(deviation / wanted - 1), name).toBeLessThan(5 / Math.sqrt(2 * count));
    }
  });

  test("follow the normal distribution", () => {
    const values = valuesOf(store, "embedding");
    const within = (deviations: number): number =>
      values.filter((x) => Math.abs(x) <= 0.02 * deviations).length / values.length;
    expect(within(0.6745)).toBeCloseTo(0.5, 1);
    expect(within(1)).toBeCloseTo(0.6827, 1);
    expect(within(2)).toBeCloseTo(0.9545, 1);
    expect(within(6)).toBe(1);
  });

  test("of norms are 1", () => {
    for (const { name, shape } of store.specs.filter((spec) => spec.shape.length === 1))
      expect(valuesOf(store, name), name).toEqual(new Float32Array(shape[0]!).fill(1));
  });

  test("are a function of the seed, all 53 bits of it", () => {
    const embedding = valuesOf(store, "embedding");
    expect(valuesOf(initialized(1), "embedding")).toEqual(embedding);
    for (const seed of [0, 2, 1 + 2 ** 32, 2 ** 53 - 1])
      expect(valuesOf(initialized(seed), "embedding")).not.toEqual(embedding);
  });

  test("differ from tensor to tensor", () => {
    const names = store.specs.filter((spec) => spec.shape.length === 2).map(({ name }) => name);
    const first = names.map((name) => valuesOf(store, name)[0]! / valuesOf(store, name)[1]!);
    expect(new Set(first).size).toBe(names.length);
  });

  test("are these, on every machine, for ever", () => {
    expect([...valuesOf(store, "embedding").subarray(0, 4)]).toEqual([
      0.008640569634735584, 0.01709788106381893, 0.012078417465090752, 0.0008849892183206975,
    ]);
  });
});

describe("the list of parameters", () => {
  test("is in canonical order: embedding, layers, final norm, and a head that is not tied", () => {
    const names = parameterSpecs({ ...config, layers: 1 }).map(({ name }) => name);
    const layer = ["attentionNorm", "qkv", "output", "mlpNorm", "gateUp", "down"].map((name) => `layers.0.${name}`);
    expect(names).toEqual(["embedding", ...layer, "finalNorm", "head"]);
    const tied = parameterSpecs({ ...config, layers: 1, tiedHead: true });
    expect(tied.map(({ name }) => name)).toEqual(["embedding", ...layer, "finalNorm"]);
  });

  test("counts what the shapes hold", () => {
    const perLayer = 96 + 96 * 160 + 96 * 96 + 96 + 96 * 512 + 256 * 96;
    expect(parameterCount(config)).toBe(200 * 96 + 8 * perLayer + 96 + 96 * 200);
    expect(initialized(1).count).toBe(parameterCount(config));
  });
});

describe("a parameter store", () => {
  test("keeps all that decays in front of all that does not", () => {
    const store = initialized(1);
    const base = store.address("weights");
    for (const { name, shape } of store.specs) {
      const isDecayed = store.address("weights", name) - base < 4 * store.decayed;
      expect(isDecayed, name).toBe(shape.length === 2);
    }
    const gains = store.specs.filter(({ shape }) => shape.length === 1);
    expect(store.count - store.decayed).toBe(gains.reduce((sum, { shape }) => sum + shape[0]!, 0));
  });

  test("gives every parameter a place of its own in each segment", () => {
    const store = new ParameterStore(new ReferenceEngine(), { ...config, layers: 2 }, "training");
    const segments = ["weights", "gradients", "firstMoments", "secondMoments"] as const;
    let next = 0;
    for (const segment of segments) for (const spec of store.specs) store.values(segment, spec).fill(++next);
    next = 0;
    for (const segment of segments)
      for (const spec of store.specs) {
        next++;
        expect(
          store.values(segment, spec).every((x) => x === next),
          `${segment} ${spec.name}`,
        ).toBe(true);
      }
  });

  test("for inference has no gradients", () => {
    expect(() => initialized(1).address("gradients")).toThrow("internal: this store holds no gradients");
  });
});
