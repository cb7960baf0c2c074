/** `neuroshard export`: writes a model in the layout that other programs load. */
import { exportModel } from "@neuroshard/node";
import { modelOption } from "../options/generation.ts";
import { type JsonFlag, jsonOption } from "../options/json.ts";
import { nameOption } from "../options/option.ts";
import { printJson } from "../terminal/surface.ts";
import type { CommandDefinition } from "./command.ts";

interface ExportFlags extends JsonFlag {
  readonly model: string;
  readonly out: string;
}

export const exportCommand: CommandDefinition<ExportFlags> = {
  name: "export",
  summary: "write safetensors in Llama layout, config.json and tokenizer.json for other programs",
  examples: ["export --model models/book --out book-for-transformers"],
  options: [modelOption(), nameOption("--out <folder>", "where the files go"), jsonOption()],
  required: ["--model", "--out"],
  async run({ model, out, json }, surface) {
    const { path, files } = await exportModel(model, out);
    if (json) printJson(surface, { path, files });
    else surface.stdout.write(`${path}: ${files.join(", ")}\n`);
  },
};
