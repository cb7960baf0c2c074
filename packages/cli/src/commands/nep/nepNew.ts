/** `neuroshard nep new`: a NEP file to fill in. */
import { NEP_TYPES, type NepType, newNepMarkdown } from "@neuroshard/sdk";
import { writeNewFile } from "../../chain/writeNewFile.ts";
import { type JsonFlag, jsonOption } from "../../options/json.ts";
import { choiceOption, nameOption } from "../../options/option.ts";
import type { CommandDefinition } from "../command.ts";

interface NepNewFlags extends JsonFlag {
  readonly title: string;
  readonly type: NepType;
  readonly author?: string;
  readonly out?: string;
}

export const nepNew: CommandDefinition<NepNewFlags> = {
  name: "new",
  summary: "write a NEP file to fill in",
  examples: ['nep new --title "Lower the training reward" --type econ --out reward.md'],
  options: [
    nameOption("--title <text>", "in a few words, what changes"),
    choiceOption("--type <type>", "what it is about", NEP_TYPES),
    nameOption("--author <name>", "a name or an address; who proposes is who signs"),
    nameOption("--out <file>", "a new file; by default stdout"),
    jsonOption(),
  ],
  required: ["--title", "--type"],
  async run({ title, type, author, out, json }, surface) {
    const created = new Date().toISOString().slice(0, "2025-01-31".length);
    const text = newNepMarkdown({ title, type, created, ...(author !== undefined && { author }) });
    await writeNewFile({ text, out, json }, surface);
  },
};
