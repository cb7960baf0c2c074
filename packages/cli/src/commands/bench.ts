/** `neuroshard bench`: how fast this machine trains and writes. */
import { type BenchResult, benchEngine } from "@neuroshard/node";
import { type EngineFlags, engineOptions, modeOption } from "../options/engine.ts";
import { type JsonFlag, jsonOption } from "../options/json.ts";
import { decimalOption, nameOption } from "../options/option.ts";
import { formatRate } from "../terminal/formatQuantity.ts";
import { printJson } from "../terminal/surface.ts";
import type { CommandDefinition } from "./command.ts";

interface BenchFlags extends EngineFlags, JsonFlag {
  readonly preset: string;
  readonly mode?: "bf16" | "f32";
  readonly seconds: number;
}

export const bench: CommandDefinition<BenchFlags> = {
  name: "bench",
  summary: "measure how fast this machine trains and generates",
  examples: ["bench --preset small --threads 2", "bench --preset tiny --engine wasm --seconds 2 --json"],
  options: [
    nameOption("--preset <name>", "size of the model").default("small"),
    ...engineOptions(),
    modeOption(),
    decimalOption("--seconds <number>", "how long to measure", { least: 0, most: 3600, isOpenBelow: true }).default(10),
    jsonOption(),
  ],
  required: [],
  async run({ json, ...options }, surface) {
    const result = await surface.interruption.graceful((signal) => benchEngine(options, signal));
    if (json) printJson(surface, result);
    else surface.stdout.write(`${describeBench(result)}\n`);
  },
};

function describeBench(result: BenchResult): string {
  const { preset, engine, threads, mode } = result;
  return [
    `${preset}, ${engine} engine, ${threads} ${threads === 1 ? "thread" : "threads"}, ${mode}`,
    `  training    ${result.millisecondsPerStep.toFixed(1)} ms a step, ${formatRate(result.tokensPerSecond)}, ${result.gigaflopsPerSecond.toFixed(1)} GFLOP/s`,
    `  generating  ${formatRate(result.decodeTokensPerSecond)}`,
    `  memory      ${result.memoryMegabytes.toFixed(0)} MB`,
  ].join("\n");
}
