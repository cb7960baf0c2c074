/** Asks a person at a terminal for one line that is not shown while it is typed. */
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import type { Surface } from "./surface.ts";

/** What has been typed when the input ends; Ctrl-C stops the command. */
export async function readHiddenLine(question: string, surface: Surface): Promise<string> {
  const { stdin, stderr, interruption } = surface;
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const editor = createInterface({ input: stdin, output: nowhere, terminal: true, historySize: 0 });
  try {
    stderr.write(question);
    let line = "";
    editor.once("line", (typed: string) => {
      line = typed;
      editor.close();
    });
    editor.once("SIGINT", () => interruption.handleSignal("SIGINT"));
    await once(editor, "close");
    return line;
  } finally {
    editor.close();
    stderr.write("\n");
  }
}
