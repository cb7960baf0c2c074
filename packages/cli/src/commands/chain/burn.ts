/** `neuroshard burn`: tokens that cease to exist. */
import { sendBody } from "../../chain/sendBody.ts";
import { amountArgument } from "../../options/amount.ts";
import { type SigningFlags, signingOptions } from "../../options/network.ts";
import { formatNeuro } from "../../terminal/formatNeuro.ts";
import type { CommandDefinition } from "../command.ts";

export const burn: CommandDefinition<SigningFlags, readonly [bigint]> = {
  name: "burn",
  summary: "destroy NEURO of your own; nothing brings them back",
  examples: ["burn 1"],
  arguments: [amountArgument()],
  options: signingOptions(),
  required: [],
  async run(flags, surface, [amount]) {
    await sendBody(flags, surface, () => {
      return { body: { kind: "burn", amount }, notes: [`burning ${formatNeuro(amount)} for good`] };
    });
  },
};
