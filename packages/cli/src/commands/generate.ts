/** `neuroshard generate`: continues a prompt. */
import { type GenerateOptions, openModel } from "@neuroshard/node";
import { Option } from "commander";
import { type EngineFlags, engineOptions } from "../options/engine.ts";
import {
  type GenerationFlags,
  type ModelFlags,
  maxTokensOption,
  modelOption,
  samplingOptions,
  weightsOption,
} from "../options/generation.ts";
import { type JsonFlag, jsonOption } from "../options/json.ts";
import { seedOption } from "../options/seed.ts";
import { formatRate } from "../terminal/formatQuantity.ts";
import { printable } from "../terminal/printable.ts";
import { readAllText } from "../terminal/readAllText.ts";
import { printJson } from "../terminal/surface.ts";
import type { CommandDefinition } from "./command.ts";

interface GenerateFlags
  extends EngineFlags,
    ModelFlags,
    GenerationFlags,
    JsonFlag,
    Pick<GenerateOptions, "prompt" | "maxTokens" | "seed" | "stop"> {}

export const generate: CommandDefinition<GenerateFlags> = {
  name: "generate",
  summary: "continue a text",
  examples: [
    'generate --model models/book --prompt "Once upon a time" --max-tokens 100 --temperature 0.8',
    "generate --model models/book --prompt - --json < beginning.txt",
  ],
  options: [
    modelOption(),
    new Option("--prompt <text>", "text to continue; - reads it from stdin"),
    maxTokensOption().default(200),
    seedOption().default(0),
    ...samplingOptions(),
    new Option("--stop <text>", "end before this text; may be given several times").argParser(
      (text: string, before: readonly string[] | undefined) => [...(before ?? []), text],
    ),
    weightsOption(),
    ...engineOptions(),
    jsonOption(),
  ],
  required: ["--model", "--prompt"],
  async run({ json, model: folder, engine, threads, weights, ...options }, surface) {
    const prompt = options.prompt === "-" ? await readAllText(surface.stdin) : options.prompt;
    const model = await openModel({
      model: folder,
      ...(engine !== undefined && { engine }),
      ...(threads !== undefined && { threads }),
      ...(weights !== undefined && { weights }),
    });
    try {
      const onText = json ? () => {} : writerTo(surface.stdout);
      const { text, tokens, tokensPerSecond, finish } = await surface.interruption.graceful((signal) =>
        model.generate({ ...options, prompt }, onText, signal),
      );
      if (!json) surface.stdout.write("\n");
      if (finish === "aborted") throw surface.interruption.interrupted();
      if (json) printJson(surface, { text, tokens, tokensPerSecond });
      else surface.stderr.write(`${tokens} tokens, ${formatRate(tokensPerSecond)}\n`);
    } finally {
      model.close();
    }
  },
};

/** A file or a pipe gets the text as it is. */
function writerTo(stdout: NodeJS.WriteStream): (piece: string) => void {
  return (piece) => void stdout.write(stdout.isTTY ? printable(piece) : piece);
}
