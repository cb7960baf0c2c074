/** `neuroshard wallet`: the keys of a person's accounts. */
import type { CommandGroup } from "../command.ts";
import { walletNew } from "./walletNew.ts";
import { walletRecover } from "./walletRecover.ts";
import { walletShow } from "./walletShow.ts";

export const wallet: CommandGroup = {
  name: "wallet",
  summary: "make, recover and show wallets",
  commands: [walletNew, walletRecover, walletShow],
};
