/** `neuroshard wallet new`: makes a wallet, and shows its words once. */
import { createWallet, type Secret, walletPath } from "@neuroshard/node";
import { Option } from "commander";
import { type JsonFlag, jsonOption } from "../../options/json.ts";
import { choiceOption, nameOption } from "../../options/option.ts";
import { type HomeFlag, homeOption } from "../../options/wallet.ts";
import { printJson, type Surface } from "../../terminal/surface.ts";
import type { CommandDefinition } from "../command.ts";
import { describeWallet, viewOf } from "./walletView.ts";

interface WalletNewFlags extends HomeFlag, JsonFlag {
  readonly name: string;
  readonly words: "12" | "24";
  readonly showWords?: true;
}

const WORDS_PER_LINE = 4;
/** No word of the list is longer than 8 letters. */
const WORD_WIDTH = 10;

export const walletNew: CommandDefinition<WalletNewFlags> = {
  name: "new",
  summary: "make a wallet; its words are shown once, on a terminal or with --show-words",
  examples: ["wallet new", "wallet new --home ~/neuroshard --name savings --words 12"],
  options: [
    homeOption(),
    nameOption("--name <name>", "what the wallet is called").default("default"),
    choiceOption("--words <count>", "length of the phrase", ["12", "24"]).default("24"),
    new Option("--show-words", "print the words also where the output goes to a file, a pipe or a program"),
    jsonOption(),
  ],
  required: [],
  async run({ home, name, words: count, showWords, json }, surface) {
    const made = await createWallet(walletPath(home, name), { words: count === "12" ? 12 : 24 });
    const view = viewOf(name, made);
    if (json) return printJson(surface, { ...view, ...(showWords && { words: made.words.reveal() }) });
    surface.stdout.write(describeWallet(view));
    if (showWords || surface.stdout.isTTY) showPhrase(made.words, surface);
    else surface.stderr.write(`the words were not shown, as this is no terminal; ${made.path} is the only copy\n`);
  },
};

function showPhrase(phrase: Secret<string>, { stdout, stderr }: Surface): void {
  const words = phrase.reveal().split(" ");
  const cells = words.map((word, index) => `${String(index + 1).padStart(4)} ${word.padEnd(WORD_WIDTH)}`);
  stdout.write("\n");
  for (let at = 0; at < cells.length; at += WORDS_PER_LINE)
    stdout.write(
      `${cells
        .slice(at, at + WORDS_PER_LINE)
        .join("")
        .trimEnd()}\n`,
    );
  stderr.write("\nWrite these words on paper, in this order; they are not shown again.\n");
  stderr.write("They bring the account back when the file is lost, and give it to whoever else reads them.\n");
}
