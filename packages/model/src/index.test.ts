/** What the package offers. A change here is a change for every other package. */
import { join } from "node:path";
import { expect, test } from "vitest";

test("the package exports these names", async () => {
  const index: object = await import(join(import.meta.dirname, "index.ts"));
  expect(Object.keys(index).sort()).toEqual([
    "BatchDecoder",
    "DecodeSession",
    "Evaluation",
    "ModelError",
    "ParameterStore",
    "StopFilter",
    "TokenizerError",
    "TrainingStep",
    "checkConfig",
    "decodeSafetensors",
    "defaultAdamw",
    "defaultSampling",
    "differingField",
    "encodeSafetensors",
    "generateTokens",
    "learningRate",
    "llamaConfig",
    "llamaTensors",
    "logProbabilities",
    "parameterCount",
    "parseConfig",
    "presetOf",
    "sample",
    "toHuggingFace",
    "toHuggingFaceConfig",
    "tokenizerFromJson",
    "trainBpe",
    "trainCharacters",
  ]);
});
