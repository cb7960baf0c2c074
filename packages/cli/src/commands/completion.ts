/** `neuroshard completion`: what a shell needs to complete commands, options and their words, written from the table of commands. */
import { Argument } from "commander";
import { completionScript, SHELLS, type Shell } from "../completion/completionScript.ts";
import { type JsonFlag, jsonOption } from "../options/json.ts";
import { printJson } from "../terminal/surface.ts";
import type { AnyCommand, CommandDefinition, CommandGroup } from "./command.ts";

type Entries = readonly (AnyCommand | CommandGroup)[];

/** `entries` is asked when the command runs: this command is one of them. */
export function completionOf(entries: () => Entries): CommandDefinition<JsonFlag, readonly [Shell]> {
  return {
    name: "completion",
    summary: "print the completion of a shell; its first lines say where to put it",
    examples: ["completion bash", "completion zsh", "completion fish"],
    arguments: [new Argument("<shell>", "which shell").choices(SHELLS)],
    options: [jsonOption()],
    required: [],
    async run({ json }, surface, [shell]) {
      const script = completionScript(shell, linesOf(entries()));
      if (json) printJson(surface, { shell, script });
      else surface.stdout.write(script);
    },
  };
}

/** The words that may follow each command: `""`, `nep`, `nep list`. */
function linesOf(entries: Entries): ReadonlyMap<string, readonly string[]> {
  const lines = new Map<string, readonly string[]>([["", entries.map(({ name }) => name)]]);
  for (const entry of entries) {
    if (!("commands" in entry)) lines.set(entry.name, flagsOf(entry));
    else {
      lines.set(
        entry.name,
        entry.commands.map(({ name }) => name),
      );
      for (const command of entry.commands) lines.set(`${entry.name} ${command.name}`, flagsOf(command));
    }
  }
  return lines;
}

function flagsOf({ options, arguments: words = [] }: AnyCommand): readonly string[] {
  const flags = options.filter(({ hidden }) => !hidden).flatMap(({ long }) => long ?? []);
  return [...words.flatMap(({ argChoices }) => argChoices ?? []), ...flags, "--help"];
}
