/** `neuroshard unstake`: stake on its way out. */
import { clockOf } from "@neuroshard/sdk";
import { sendBody } from "../../chain/sendBody.ts";
import { amountArgument } from "../../options/amount.ts";
import { type SigningFlags, signingOptions } from "../../options/network.ts";
import { formatSpan } from "../../terminal/formatMoment.ts";
import { formatNeuro } from "../../terminal/formatNeuro.ts";
import type { CommandDefinition } from "../command.ts";

export const unstake: CommandDefinition<SigningFlags, readonly [bigint]> = {
  name: "unstake",
  summary: "take stake out, all or a part; it can be spent when its unbonding has ended",
  examples: ["unstake 200"],
  arguments: [amountArgument()],
  options: signingOptions(),
  required: [],
  async run(flags, surface, [amount]) {
    await sendBody(flags, surface, ({ params }) => {
      const span = formatSpan(params.get("economics.staking.UNBONDING"), clockOf(params));
      return {
        body: { kind: "unstake", amount },
        notes: [`unstaking ${formatNeuro(amount)}, spendable in ${span}`],
      };
    });
  },
};
