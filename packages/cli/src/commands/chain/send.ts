/** `neuroshard send`: a transfer. */
import { type AccountId, formatAddress } from "@neuroshard/sdk";
import { sendBody } from "../../chain/sendBody.ts";
import { addressArgument } from "../../options/address.ts";
import { amountArgument } from "../../options/amount.ts";
import { type SigningFlags, signingOptions } from "../../options/network.ts";
import { nameOption } from "../../options/option.ts";
import { formatNeuro, formatPercent } from "../../terminal/formatNeuro.ts";
import type { CommandDefinition } from "../command.ts";

interface SendFlags extends SigningFlags {
  readonly memo?: string;
}

const ONE = 10n ** 18n;

export const send: CommandDefinition<SendFlags, readonly [AccountId, bigint]> = {
  name: "send",
  summary: "send NEURO to an address; the burn comes on top of the amount",
  examples: ['send neuro1... 12.5 --memo "for the maps"'],
  arguments: [addressArgument("<address>", "who gets it"), amountArgument()],
  options: [nameOption("--memo <text>", "a note that everybody can read"), ...signingOptions()],
  required: [],
  async run({ memo = "", ...flags }, surface, [recipient, amount]) {
    await sendBody(flags, surface, ({ params }) => {
      const rate = params.get("economics.constants.FEE_BURN_RATE");
      // Rounded up, as the ledger does.
      const burned = (amount * rate + ONE - 1n) / ONE;
      return {
        body: { kind: "transfer", recipient, amount, memo },
        notes: [
          `sending ${formatNeuro(amount)} to ${formatAddress(recipient)}`,
          `burned on top ${formatNeuro(burned)} (${formatPercent(rate)}), in all ${formatNeuro(amount + burned)}`,
        ],
      };
    });
  },
};
