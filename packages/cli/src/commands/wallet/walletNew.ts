/** `neuroshard wallet new`: makes a wallet, and shows its words once. */
import { createWallet, walletPath } from "@neuroshard/node";
import { Option } from "commander";
import { type JsonFlag, jsonOption } from "../../options/json.ts";
import { choiceOption, nameOption } from "../../options/option.ts";
import { type HomeFlag, homeOption } from "../../options/wallet.ts";
import { printJson } from "../../terminal/surface.ts";
import type { CommandDefinition } from "../command.ts";
import { showPhrase } from "./showPhrase.ts";
import { describeWallet, viewOf } from "./walletView.ts";

interface WalletNewFlags extends HomeFlag, JsonFlag {
  readonly name: string;
  readonly words: "12" | "24";
  readonly showWords?: true;
}

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
