/**
 * `neuroshard up`, what `npm start` runs: trains a small model on the built-in stories, shows how it learns, and opens a
 * chat with it. What is trained already is kept in the home folder, so a second start goes on, or straight to the chat.
 */
import { type LocalModel, type ModelOptions, NodeError, openModel, type TrainOptions } from "@neuroshard/node";
import { Option } from "commander";
import { chatOnTerminal } from "../chat/chatOnTerminal.ts";
import { answerLine } from "../chat/chatOverPipe.ts";
import { Conversation } from "../chat/conversation.ts";
import { CHAT_HELP } from "../chat/slashCommand.ts";
import { prepareHome } from "../home.ts";
import { type EngineFlags, engineOptions } from "../options/engine.ts";
import { type JsonFlag, jsonOption } from "../options/json.ts";
import { nameOption, wholeNumberOption } from "../options/option.ts";
import type { Surface } from "../terminal/surface.ts";
import { runTraining } from "../training/runTraining.ts";
import type { CommandDefinition } from "./command.ts";

interface UpFlags extends EngineFlags, JsonFlag {
  readonly home: string;
  readonly steps: number;
  readonly fresh?: true;
}

const PRESET = "nano";
const SEED = 1;
const DEFAULT_STEPS = 1400;
const SAMPLE_INTERVAL_SECONDS = 8;
const SAMPLE_PROMPT = "Once upon a time";
const CHAT_SETTINGS = { seed: 1, maxTokens: 300, temperature: 0.7 };

/** What is asked where nobody sits at a terminal. */
const TRIAL_QUESTIONS = ["Tell me a story about a dog.", "What is 3 plus 4?"];

export const up: CommandDefinition<UpFlags> = {
  name: "up",
  summary: "train a small model on the built-in stories and chat with it",
  examples: ["up", "up --home ~/neuroshard --fresh"],
  options: [
    nameOption("--home <folder>", "where the model is kept between starts").default(".neuroshard"),
    wholeNumberOption("--steps <count>", "steps of training", { least: 1, most: 1_000_000_000 }).default(DEFAULT_STEPS),
    new Option("--fresh", "forget the model of earlier starts"),
    ...engineOptions(),
    jsonOption(),
  ],
  required: [],
  async run({ home, steps, fresh, json, ...engine }, surface) {
    const model = prepareHome(home, { isFresh: fresh === true });
    const isJson = json === true;
    const trained = await openTrained({ model, ...engine }, steps);
    if (trained === undefined)
      await runTraining({ ...trainOptions(model, steps), ...engine }, surface, { isJson, isRich: true });
    await talk(trained ?? (await openModel({ model, ...engine })), surface, isJson);
  },
};

function trainOptions(out: string, steps: number): TrainOptions {
  return {
    data: "stories",
    preset: PRESET,
    steps,
    seed: SEED,
    out,
    sampleEverySeconds: SAMPLE_INTERVAL_SECONDS,
    samplePrompt: SAMPLE_PROMPT,
  };
}

/** The model of an earlier start, undefined where there is none or it has steps to go. */
async function openTrained(options: ModelOptions, steps: number): Promise<LocalModel | undefined> {
  try {
    const model = await openModel(options);
    if (model.description.step >= steps) return model;
    model.close();
    return undefined;
  } catch (error) {
    if (error instanceof NodeError && error.code === "NO_CHECKPOINT") return undefined;
    throw error;
  }
}

/** Closes the model at the end. */
async function talk(model: LocalModel, surface: Surface, isJson: boolean): Promise<void> {
  const { stdin, stdout, stderr } = surface;
  try {
    const conversation = new Conversation(model, CHAT_SETTINGS);
    if (stdin.isTTY && stdout.isTTY && !isJson) {
      stderr.write(
        `\nThe model has learned. Ask it for a story, say hello, or let it add two small numbers.\n${CHAT_HELP}\n\n`,
      );
      return await chatOnTerminal(conversation, surface);
    }
    for (const question of TRIAL_QUESTIONS) {
      if (!isJson) stdout.write(`> ${question}\n`);
      await answerLine(question, { conversation, surface, isJson });
    }
  } finally {
    model.close();
  }
}
