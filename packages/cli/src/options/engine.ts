/** Options about how a command computes; none of them changes a result, apart from the operand mode. */
import type { Option } from "commander";
import { choiceOption, wholeNumberOption } from "./option.ts";

const MOST_THREADS = 64;

export interface EngineFlags {
  readonly engine?: "native" | "wasm" | "reference";
  readonly threads?: number;
}

export function engineOptions(): Option[] {
  return [
    choiceOption("--engine <name>", "what computes; the fastest that works here if not given", [
      "native",
      "wasm",
      "reference",
    ]),
    wholeNumberOption("--threads <count>", "threads to compute with", { least: 1, most: MOST_THREADS }),
  ];
}

export function modeOption(): Option {
  return choiceOption("--mode <name>", "operands of products", ["bf16", "f32"]);
}
