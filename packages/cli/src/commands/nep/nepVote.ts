/** `neuroshard nep vote`: a vote with all of one's power, or divided. */
import { type Digest, getNep } from "@neuroshard/sdk";
import { Argument } from "commander";
import { sendBody } from "../../chain/sendBody.ts";
import { describeSplit, VOTE_CHOICES } from "../../chain/voteSplit.ts";
import { nepArgument } from "../../options/nepArgument.ts";
import { type SigningFlags, signingOptions } from "../../options/network.ts";
import { chosenSplit, splitOption, type VoteFlags } from "../../options/vote.ts";
import type { CommandDefinition } from "../command.ts";

export const nepVote: CommandDefinition<SigningFlags & VoteFlags, readonly [string, string | undefined]> = {
  name: "vote",
  summary: "vote with the stake that you had when voting opened; a later vote replaces it",
  examples: ["nep vote NEP-001 yes", "nep vote 1 --split yes=60,no=40"],
  arguments: [nepArgument(), new Argument("[choice]", VOTE_CHOICES.join(", "))],
  options: [splitOption(), ...signingOptions()],
  required: [],
  async run({ split, ...flags }, surface, [nep, choice]) {
    const chosen = chosenSplit(choice, split);
    await sendBody(flags, surface, async ({ client }) => {
      const { nepId, label, title } = await getNep(client, nep);
      return {
        body: { kind: "nepVote", nepId: nepId as Digest, split: chosen },
        notes: [`voting ${describeSplit(chosen)} on ${label}: ${title}`],
      };
    });
  },
};
