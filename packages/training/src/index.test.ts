/** What the package offers. A change here is a change for every other package. */
import { join } from "node:path";
import { expect, test } from "vitest";

test("the package exports these names", async () => {
  const index: object = await import(join(import.meta.dirname, "index.ts"));
  expect(Object.keys(index).sort()).toEqual([
    "BlobMissing",
    "CHUNK_VALUES",
    "DataError",
    "NeuroInnerLoop",
    "RoundEngine",
    "Trainer",
    "badManifest",
    "bytesToTokens",
    "chatPrompt",
    "chatStop",
    "compressDelta",
    "continuousTexts",
    "differingRecipeField",
    "documentSeparator",
    "encodeCorpus",
    "generateStories",
    "makeManifest",
    "makeTokenArray",
    "measureStories",
    "outerStep",
    "parseManifest",
    "parseRecipe",
    "readDelta",
    "requireWindows",
    "shardRanges",
    "splitTokens",
    "takeStories",
    "tokenBytesFor",
    "tokensToBytes",
  ]);
});
