/** `neuroshard generate`: continues a prompt. */
import type { GenerateOptions } from "@neuroshard/node";
import { Option } from "commander";
import { openChosenModel } from "../chat/openChosenModel.ts";
import { type EngineFlags, engineOptions } from "../options/engine.ts";
import {
  type GenerationFlags,
  type ModelFlags,
  maxTokensOption,
  modelOptions,
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
    'generate --network .neuroshard --prompt "Once upon a time"',
  ],
  options: [
    ...modelOptions(),
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
  required: ["--prompt"],
  async run({ json, model: folder, network, engine, threads, weights, ...options }, surface) {
    const prompt = options.prompt === "-" ? await readAllText(surface.stdin) : options.prompt;
    const model = await openChosenModel({ model: folder, network, engine, threads, weights }, surface);
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
