/** Asks a person at a terminal to agree. Programs are never asked. */
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Refusal } from "../refusal.ts";
import type { Surface } from "./surface.ts";

/** @throws {Refusal} when the answer is not yes. */
export async function confirm(question: string, { stdin, stderr, interruption }: Surface): Promise<void> {
  if (!(stdin.isTTY && stderr.isTTY)) return;
  const editor = createInterface({ input: stdin, output: stderr });
  let answer = "";
  editor.once("line", (line) => {
    answer = line.trim().toLowerCase();
    editor.close();
  });
  editor.once("SIGINT", () => interruption.handleSignal("SIGINT"));
  editor.setPrompt(`${question} [y/N] `);
  editor.prompt();
  await once(editor, "close");
  if (answer !== "y" && answer !== "yes") throw new Refusal("nothing was sent; answer y to send, or give --yes");
}
