/** A chat with a person at a terminal: a line editor with history, and answers that appear as they are written. */
import { createInterface } from "node:readline";
import { styleText } from "node:util";
import { printable } from "../terminal/printable.ts";
import type { Surface } from "../terminal/surface.ts";
import type { Conversation } from "./conversation.ts";
import { runSlashCommand } from "./slashCommand.ts";

const HISTORY_SIZE = 100;

/** Ends when the user leaves. */
export async function chatOnTerminal(conversation: Conversation, surface: Surface): Promise<void> {
  const { stdin, stdout, interruption } = surface;
  const prompt = styleText("bold", "you> ", { stream: stdout });
  const editor = createInterface({ input: stdin, output: stdout, prompt, historySize: HISTORY_SIZE });
  let answer: AbortController | undefined;
  let isOpen = true;
  editor.on("close", () => {
    isOpen = false;
  });
  editor.on("SIGINT", () => {
    if (answer === undefined) editor.close();
    else if (answer.signal.aborted) interruption.handleSignal("SIGINT");
    else answer.abort();
  });
  try {
    editor.prompt();
    for await (const line of editor) {
      const command = runSlashCommand(line, conversation);
      if (command === "quit") break;
      if (command !== undefined) stdout.write(`${command.say}\n`);
      else if (line.trim() !== "") {
        answer = new AbortController();
        const { finish } = await conversation.ask(line, (piece) => stdout.write(printable(piece)), answer.signal);
        stdout.write(finish === "aborted" ? " ...\n\n" : "\n\n");
        answer = undefined;
      }
      if (isOpen) editor.prompt();
    }
  } finally {
    editor.close();
    stdout.write("\n");
  }
}
