/** A chat without a terminal: a question in each line that comes in, an answer in each line that goes out. */
import { createInterface } from "node:readline";
import { printJson, type Surface } from "../terminal/surface.ts";
import type { Conversation } from "./conversation.ts";
import { runSlashCommand } from "./slashCommand.ts";

/** What slash commands say goes to stderr, so that every line of stdout is an answer. */
export async function chatOverPipe(
  conversation: Conversation,
  surface: Surface,
  { isJson }: { isJson: boolean },
): Promise<void> {
  for await (const line of createInterface({ input: surface.stdin, terminal: false })) {
    const command = runSlashCommand(line, conversation);
    if (command === "quit") return;
    if (command !== undefined) surface.stderr.write(`${command.say}\n`);
    else if (line.trim() !== "") await answerLine(line, { conversation, surface, isJson });
  }
}

interface AnswerLineOptions {
  readonly conversation: Conversation;
  readonly surface: Surface;
  readonly isJson: boolean;
}

/** @throws {Interrupted} when the answer was stopped: half an answer is none. */
async function answerLine(question: string, { conversation, surface, isJson }: AnswerLineOptions): Promise<void> {
  const { interruption } = surface;
  const answer = await interruption.graceful((signal) => conversation.ask(question, () => {}, signal));
  if (answer.finish === "aborted") throw interruption.interrupted();
  const { text, tokens, tokensPerSecond } = answer;
  if (isJson) printJson(surface, { question, text, tokens, tokensPerSecond });
  else surface.stdout.write(`${text.replace(/\s+/g, " ")}\n`);
}
