/** What the package offers. A change here is a change for every other package. */
import { join } from "node:path";
import { expect, test } from "vitest";

test("the package exports these names", async () => {
  const index: object = await import(join(import.meta.dirname, "index.ts"));
  expect(Object.keys(index).sort()).toEqual([
    "DataError",
    "Trainer",
    "badManifest",
    "bytesToTokens",
    "chatPrompt",
    "chatStop",
    "continuousTexts",
    "differingRecipeField",
    "documentSeparator",
    "encodeCorpus",
    "generateStories",
    "makeManifest",
    "makeTokenArray",
    "measureStories",
    "parseManifest",
    "parseRecipe",
    "requireWindows",
    "shardRanges",
    "splitTokens",
    "takeStories",
    "tokenBytesFor",
    "tokensToBytes",
  ]);
});
