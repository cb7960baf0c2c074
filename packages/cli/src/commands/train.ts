/** `neuroshard train`: trains a model on a file of text, or goes on with a run that was stopped. */
import type { TrainOptions } from "@neuroshard/node";
import { type EngineFlags, engineOptions, modeOption } from "../options/engine.ts";
import { type JsonFlag, jsonOption } from "../options/json.ts";
import { choiceOption, decimalOption, nameOption, wholeNumberOption } from "../options/option.ts";
import { seedOption } from "../options/seed.ts";
import { runTraining } from "../training/runTraining.ts";
import type { CommandDefinition } from "./command.ts";

const MOST_STEPS = 1_000_000_000;

type SharedOptions =
  | "data"
  | "preset"
  | "steps"
  | "seed"
  | "mode"
  | "out"
  | "batch"
  | "context"
  | "learningRate"
  | "schedule";

interface TrainFlags extends EngineFlags, JsonFlag, Pick<TrainOptions, SharedOptions> {
  readonly warmUp?: number;
  readonly evalEvery?: number;
  readonly saveEvery?: number;
}

const countFrom = (least: number) => ({ least, most: MOST_STEPS });

export const train: CommandDefinition<TrainFlags> = {
  name: "train",
  summary: "train a model on text; the same command goes on with a run that was stopped",
  examples: [
    "train --data book.txt --preset nano --steps 1000 --out models/book",
    "train --data stories --preset tiny --steps 50 --json",
  ],
  options: [
    nameOption("--data <path>", "text file, .jsonl file or folder of them; `stories` is the built-in corpus"),
    nameOption("--preset <name>", "size of the model").default("nano"),
    wholeNumberOption("--steps <count>", "steps of the whole run", countFrom(1)).default(1000),
    seedOption().default(0),
    nameOption("--out <folder>", "where the checkpoint is kept; without it nothing is written"),
    ...engineOptions(),
    modeOption(),
    wholeNumberOption("--batch <count>", "sequences in a step", { least: 1, most: 65_536 }),
    wholeNumberOption("--context <tokens>", "length of a sequence", { least: 1, most: 1_048_576 }),
    decimalOption("--learning-rate <number>", "highest learning rate", { least: 0, most: 1, isOpenBelow: true }),
    choiceOption("--schedule <name>", "course of the learning rate", ["constant", "cosine"]),
    wholeNumberOption("--warm-up <steps>", "steps in which the learning rate rises", countFrom(0)),
    wholeNumberOption("--eval-every <steps>", "steps between evaluations", countFrom(1)),
    wholeNumberOption("--save-every <steps>", "steps between checkpoints", countFrom(1)),
    jsonOption(),
  ],
  required: ["--data"],
  async run({ json, warmUp, evalEvery, saveEvery, ...shared }, surface) {
    const options: TrainOptions = {
      ...shared,
      ...(warmUp !== undefined && { warmUpSteps: warmUp }),
      ...(evalEvery !== undefined && { evaluateEverySteps: evalEvery }),
      ...(saveEvery !== undefined && { saveEverySteps: saveEvery }),
    };
    await runTraining(options, surface, { isJson: json === true, isRich: false });
  },
};
