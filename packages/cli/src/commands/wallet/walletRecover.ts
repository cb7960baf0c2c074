/** `neuroshard wallet recover`: makes a wallet out of words. They never stand on the command line, which others can read. */
import { readSecretFile, recoverWallet, Secret, walletPath } from "@neuroshard/node";
import { Option } from "commander";
import { type JsonFlag, jsonOption } from "../../options/json.ts";
import { nameOption } from "../../options/option.ts";
import { type HomeFlag, homeOption } from "../../options/wallet.ts";
import { readAllText } from "../../terminal/readAllText.ts";
import { readHiddenLine } from "../../terminal/readHiddenLine.ts";
import { printJson, type Surface } from "../../terminal/surface.ts";
import type { CommandDefinition } from "../command.ts";
import { describeWallet, viewOf } from "./walletView.ts";

interface WalletRecoverFlags extends HomeFlag, JsonFlag {
  readonly name: string;
  readonly wordsFile?: string;
  readonly ancestor?: true;
}

export const walletRecover: CommandDefinition<WalletRecoverFlags> = {
  name: "recover",
  summary: "make a wallet out of its words, read from stdin or a file",
  examples: ["wallet recover", "wallet recover --name old --ancestor --words-file words.txt"],
  options: [
    homeOption(),
    nameOption("--name <name>", "what the wallet is called").default("default"),
    nameOption("--words-file <path>", "file with the words that only its owner can read; by default stdin is read"),
    new Option("--ancestor", "the words, or the token of 64 digits, are of the earlier NeuroShard in Python"),
    jsonOption(),
  ],
  required: [],
  async run({ home, name, wordsFile, ancestor, json }, surface) {
    const path = walletPath(home, name);
    const phrase = wordsFile === undefined ? await askForPhrase(surface) : await readSecretFile(wordsFile);
    const made = await recoverWallet(path, { phrase, derivation: ancestor ? "ancestor" : "bip32" });
    const view = viewOf(name, made);
    if (json) printJson(surface, view);
    else surface.stdout.write(describeWallet(view));
  },
};

async function askForPhrase(surface: Surface): Promise<Secret<string>> {
  const isTerminal = surface.stdin.isTTY && surface.stderr.isTTY;
  return new Secret(
    isTerminal
      ? await readHiddenLine("words on one line (they stay hidden): ", surface)
      : await readAllText(surface.stdin),
  );
}
