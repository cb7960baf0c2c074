/** What the package offers. A change here is a change for every other package. */
import { join } from "node:path";
import { expect, test } from "vitest";

test("the package exports these names", async () => {
  const index: object = await import(join(import.meta.dirname, "../src/index.ts"));
  expect(Object.keys(index).sort()).toEqual([
    "EngineError",
    "Graph",
    "PANEL_COLUMNS",
    "Plan",
    "ReferenceEngine",
    "WasmEngine",
    "attention",
    "attentionCached",
    "cacheWrite",
    "classDigest",
    "cosSin",
    "crossEntropy",
    "elementCount",
    "embed",
    "exp",
    "expectedClassDigest",
    "fillNormal",
    "gradients",
    "inPanels",
    "integerPower",
    "log",
    "packWeight",
    "philox4x32",
    "product",
    "productInt8",
    "productPacked",
    "quantize",
    "randomUnit",
    "randomWords",
    "rmsNorm",
    "rope",
    "ropeTables",
    "scaled",
    "sizeInBytes",
    "sum",
    "swiglu",
    "wasmFileName",
  ]);
});

test("its entry for Node exports these names", async () => {
  const index: object = await import(join(import.meta.dirname, "../src/node/index.ts"));
  expect(Object.keys(index).sort()).toEqual(["openEngine"]);
});
