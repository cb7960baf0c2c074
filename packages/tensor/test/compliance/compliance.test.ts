/**
 * Holds every engine against the reference engine, kernel by kernel: every byte of memory must be the same.
 * Spec: spec/arithmetic.md; the requirement that a kernel's cases show stands first in the test's name.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Engine } from "../../src/engine.ts";
import { type KernelName, kernelNames } from "../../src/kernels.ts";
import { ReferenceEngine } from "../../src/reference/referenceEngine.ts";
import { caseTable } from "./caseTable.ts";
import { engineFactories } from "./engines.ts";
import { ARENA_BYTES, firstDifference, runCase } from "./kernelCase.ts";

interface Subject {
  readonly name: string;
  readonly engine: Engine;
  readonly arena: number;
}

const requirements: { readonly [K in KernelName]: string } = {
  product: "R1, R3, R6",
  embed: "R7",
  embedBackward: "R2, R6",
  rmsNorm: "R2",
  rmsNormBackward: "R2",
  rmsNormGainBackward: "R2, R6",
  rope: "R7",
  attention: "R1, R2, R3, R4",
  attentionBackward: "R1, R2, R3, R4, R6",
  attentionCached: "R1, R2, R3, R4",
  swiglu: "R4",
  swigluBackward: "R4",
  crossEntropy: "R2, R4",
  crossEntropyMean: "R2",
  add: "R5",
  scale: "R5",
  packWeight: "R3, R5",
  cacheWrite: "R3, R7",
  sumSquares: "R2",
  adamw: "R2, R5",
  quantizeRows: "R8",
  productInt8: "R8",
  productPacked: "R1, R3",
};

const reference = new ReferenceEngine();
const referenceArena = reference.allocate(ARENA_BYTES);
const subjects: Subject[] = [];

beforeAll(async () => {
  for (const { name, open } of engineFactories) {
    const engine = await open();
    subjects.push({ name, engine, arena: engine.allocate(ARENA_BYTES) });
  }
});

afterAll(() => {
  for (const { engine } of subjects) engine.close();
});

function differences<K extends KernelName>(kernel: K): string[] {
  const found: string[] = [];
  for (const kernelCase of caseTable[kernel]) {
    const expected = runCase(reference, referenceArena, kernel, kernelCase).slice();
    for (const { name, engine, arena } of subjects) {
      const difference = firstDifference(runCase(engine, arena, kernel, kernelCase), expected);
      if (difference !== undefined) found.push(`${name}: ${kernelCase.name}: ${difference}`);
    }
  }
  return found;
}

describe("every engine gives the reference's bits", () => {
  test("a WebAssembly engine with one thread and one with two are among those compared", () => {
    expect(subjects.map(({ name }) => name)).toEqual(expect.arrayContaining(["wasm, 1 threads", "wasm, 2 threads"]));
  });

  test.each(kernelNames.map((kernel) => [requirements[kernel], kernel] as const))("%s: %s", (_, kernel) => {
    expect(caseTable[kernel].length).toBeGreaterThan(0);
    expect(differences(kernel).slice(0, 20)).toEqual([]);
  });
});
