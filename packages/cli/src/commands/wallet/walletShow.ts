/** `neuroshard wallet show`: addresses and public keys of the wallets, never their secrets. */
import { readWallet, walletNames, walletPath } from "@neuroshard/node";
import { Option } from "commander";
import { type JsonFlag, jsonOption } from "../../options/json.ts";
import { nameOption } from "../../options/option.ts";
import { type HomeFlag, homeOption } from "../../options/wallet.ts";
import { printJson } from "../../terminal/surface.ts";
import type { CommandDefinition } from "../command.ts";
import { describeWallet, viewOf, type WalletView } from "./walletView.ts";

interface WalletShowFlags extends HomeFlag, JsonFlag {
  readonly name?: string;
  readonly address?: true;
}

export const walletShow: CommandDefinition<WalletShowFlags> = {
  name: "show",
  summary: "print name, address and public key of the wallets",
  examples: ["wallet show", "wallet show --name default --address", "wallet show --name default --json"],
  options: [
    homeOption(),
    nameOption("--name <name>", "only this wallet"),
    new Option("--address", "only the address, for scripts"),
    jsonOption(),
  ],
  required: [],
  async run({ home, name, address, json }, surface) {
    const wallets: WalletView[] = [];
    for (const each of name === undefined ? await walletNames(home) : [name])
      wallets.push(viewOf(each, await readWallet(walletPath(home, each))));
    if (json) printJson(surface, { wallets });
    else if (address) surface.stdout.write(wallets.map((wallet) => `${wallet.address}\n`).join(""));
    else if (wallets.length > 0) surface.stdout.write(wallets.map(describeWallet).join(""));
    else surface.stderr.write(`${home} holds no wallets; make one with \`neuroshard wallet new --home ${home}\`\n`);
  },
};
