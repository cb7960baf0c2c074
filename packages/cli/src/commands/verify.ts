/** `neuroshard verify`: reads a whole checkpoint and compares every digest. */
import { verifyCheckpoint } from "@neuroshard/node";
import { type ModelFlags, modelOption } from "../options/generation.ts";
import { type JsonFlag, jsonOption } from "../options/json.ts";
import { formatBytes, formatCount } from "../terminal/formatQuantity.ts";
import { printJson } from "../terminal/surface.ts";
import type { CommandDefinition } from "./command.ts";

export const verify: CommandDefinition<Pick<ModelFlags, "model"> & JsonFlag> = {
  name: "verify",
  summary: "check every byte of a checkpoint against its digests",
  examples: ["verify --model models/book"],
  options: [modelOption(), jsonOption()],
  required: ["--model"],
  async run({ model, json }, surface) {
    const report = await verifyCheckpoint(model);
    if (json) return printJson(surface, report);
    const lines = report.files.map(({ name, bytes, sha256 }) => `  ${sha256}  ${name} (${formatBytes(bytes)})`);
    const title = `${report.path}: whole, step ${report.step}, ${formatCount(report.parameters)} parameters`;
    surface.stdout.write(`${[title, ...lines, `digest ${report.digest}`].join("\n")}\n`);
  },
};
