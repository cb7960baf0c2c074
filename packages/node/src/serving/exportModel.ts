/** Writes a trained model in the layout that other people's software loads. */
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import {
  encodeSafetensors,
  llamaConfig,
  llamaTensors,
  ParameterStore,
  toHuggingFace,
  toHuggingFaceConfig,
} from "@neuroshard/model";
import { ReferenceEngine } from "@neuroshard/tensor";
import { requireCheckpoint } from "../checkpoint/findCheckpoint.ts";
import { loadTokenizer, loadWeights } from "../checkpoint/loadCheckpoint.ts";
import { writeFault } from "../data/fileFault.ts";
import { writeFileAtomically } from "../data/writeFileAtomically.ts";
import { NodeError } from "../nodeError.ts";

const BEGIN_OF_TEXT = 1;

async function requireEmpty(target: string): Promise<void> {
  const names = await readdir(target).catch(() => []);
  if (names.length > 0) throw new NodeError("EXISTS", `${target} is not empty; choose a new folder`);
  await mkdir(target, { recursive: true }).catch((error: unknown) => {
    throw writeFault(error, target);
  });
}

/** Writes model.safetensors, config.json, tokenizer.json and tokenizer_config.json into a new folder. */
export async function exportModel(model: string, target: string): Promise<{ path: string; files: string[] }> {
  const found = await requireCheckpoint(model);
  const { config } = found.manifest;
  const tokenizer = await loadTokenizer(found);
  const store = new ParameterStore(new ReferenceEngine(), config, "inference");
  await loadWeights(store, found);
  const specs = new Map(store.specs.map((spec) => [spec.name, spec]));
  const tensors = llamaTensors(config, (name) => {
    const spec = specs.get(name)!;
    return { name, shape: spec.shape, values: store.values("weights", spec) };
  });
  const isBpe = tokenizer.kind === "bpe";
  const ids = { beginOfText: isBpe ? BEGIN_OF_TEXT : null, endOfText: isBpe ? tokenizer.endOfText : null };
  const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  const contents: Readonly<Record<string, Uint8Array | string>> = {
    "model.safetensors": encodeSafetensors(tensors, { format: "pt" }),
    "config.json": asJson(llamaConfig(config, ids)),
    "tokenizer.json": asJson(toHuggingFace(tokenizer)),
    "tokenizer_config.json": asJson(toHuggingFaceConfig(tokenizer)),
  };
  await requireEmpty(target);
  for (const [name, content] of Object.entries(contents)) await writeFileAtomically(join(target, name), content);
  return { path: target, files: Object.keys(contents) };
}
