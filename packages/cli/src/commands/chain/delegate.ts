/** `neuroshard delegate`: who votes with one's stake by default. */
import { type AccountId, formatAddress } from "@neuroshard/sdk";
import { Option } from "commander";
import { sendBody } from "../../chain/sendBody.ts";
import { addressArgument } from "../../options/address.ts";
import { type SigningFlags, signingOptions } from "../../options/network.ts";
import { UsageProblem } from "../../usageProblem.ts";
import type { CommandDefinition } from "../command.ts";

interface DelegateFlags extends SigningFlags {
  readonly none?: true;
}

export const delegate: CommandDefinition<DelegateFlags, readonly [AccountId | undefined]> = {
  name: "delegate",
  summary: "let another account vote with your stake; your own vote still counts first, and the stake stays yours",
  examples: ["delegate neuro1...", "delegate --none"],
  arguments: [addressArgument("[address]", "who votes by default")],
  options: [new Option("--none", "take the power back"), ...signingOptions()],
  required: [],
  async run({ none, ...flags }, surface, [address]) {
    if ((address === undefined) === (none === undefined))
      throw new UsageProblem("delegate takes an address or --none; give one of the two");
    const note = address === undefined ? "taking the voting power back" : `${formatAddress(address)} votes from now on`;
    await sendBody(flags, surface, () => {
      return { body: { kind: "delegate", delegate: address ?? null }, notes: [note] };
    });
  },
};
