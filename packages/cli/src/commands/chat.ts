/** `neuroshard chat`: questions and answers, at a terminal or line by line through a pipe. */
import { chatOnTerminal } from "../chat/chatOnTerminal.ts";
import { chatOverPipe } from "../chat/chatOverPipe.ts";
import { Conversation, type ConversationSettings } from "../chat/conversation.ts";
import { openChosenModel } from "../chat/openChosenModel.ts";
import { type EngineFlags, engineOptions } from "../options/engine.ts";
import {
  type ModelFlags,
  maxTokensOption,
  modelOptions,
  samplingOptions,
  weightsOption,
} from "../options/generation.ts";
import { type JsonFlag, jsonOption } from "../options/json.ts";
import { seedOption } from "../options/seed.ts";
import { formatCount } from "../terminal/formatQuantity.ts";
import type { CommandDefinition } from "./command.ts";

interface ChatFlags extends EngineFlags, ModelFlags, JsonFlag, ConversationSettings {}

export const chat: CommandDefinition<ChatFlags> = {
  name: "chat",
  summary: "talk to a model; without a terminal, one question per line in and one answer per line out",
  examples: [
    "chat --model models/book",
    "chat --network .neuroshard",
    'echo "What is 3 plus 4?" | neuroshard chat --model models/book',
  ],
  options: [
    ...modelOptions(),
    maxTokensOption().default(300),
    seedOption().default(0),
    ...samplingOptions(),
    weightsOption(),
    ...engineOptions(),
    jsonOption(),
  ],
  required: [],
  async run({ json, model: folder, network, engine, threads, weights, ...settings }, surface) {
    const model = await openChosenModel({ model: folder, network, engine, threads, weights }, surface);
    try {
      const conversation = new Conversation(model, settings);
      const { preset, parameters, step } = model.description;
      const kind = conversation.answers ? "" : "; it was trained on plain text and goes on with what you write";
      surface.stderr.write(`${preset}, ${formatCount(parameters)} parameters, step ${step}${kind}\n`);
      const isInteractive = surface.stdin.isTTY && surface.stdout.isTTY && json !== true;
      if (isInteractive) await chatOnTerminal(conversation, surface);
      else await chatOverPipe(conversation, surface, { isJson: json === true });
    } finally {
      model.close();
    }
  },
};
