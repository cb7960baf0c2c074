/** Options about the text that a model writes. */
import type { GenerateOptions } from "@neuroshard/node";
import type { Option } from "commander";
import { choiceOption, decimalOption, nameOption, wholeNumberOption } from "./option.ts";

export const TEMPERATURE_RANGE = { least: 0, most: 100 };

export type GenerationFlags = Pick<GenerateOptions, "temperature" | "topK" | "topP" | "repetitionPenalty">;

export interface ModelFlags {
  readonly model?: string;
  readonly network?: string;
  readonly weights?: "float" | "int8";
}

export function modelOption(): Option {
  return nameOption("--model <folder>", "folder of a checkpoint, as `train --out` writes it");
}

/** One of them is given. */
export function modelOptions(): Option[] {
  return [
    modelOption(),
    nameOption("--network <place>", "newest model of a network: a home, its description, or a node's address"),
  ];
}

export function weightsOption(): Option {
  return choiceOption("--weights <kind>", "precision of the weights in memory", ["float", "int8"]);
}

export function maxTokensOption(): Option {
  return wholeNumberOption("--max-tokens <count>", "most tokens to write", { least: 1, most: 1_000_000 });
}

export function samplingOptions(): Option[] {
  return [
    decimalOption("--temperature <number>", "0 always takes the likeliest token", TEMPERATURE_RANGE).default(0.8),
    wholeNumberOption("--top-k <count>", "choose among this many of the likeliest tokens; 0: all", {
      least: 0,
      most: 10_000_000,
    }).default(40),
    decimalOption("--top-p <number>", "choose among the tokens that make up this probability", {
      least: 0,
      most: 1,
      isOpenBelow: true,
    }).default(1),
    decimalOption("--repetition-penalty <number>", "above 1 avoids tokens that stand already", {
      least: 0,
      most: 100,
      isOpenBelow: true,
    }).default(1),
  ];
}
