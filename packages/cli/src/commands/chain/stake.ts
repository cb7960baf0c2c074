/** `neuroshard stake`: tokens that give voting power, locked for a time. */
import { clockOf } from "@neuroshard/sdk";
import { sendBody } from "../../chain/sendBody.ts";
import { amountArgument } from "../../options/amount.ts";
import { type SigningFlags, signingOptions } from "../../options/network.ts";
import { wholeNumberOption } from "../../options/option.ts";
import { formatSpan } from "../../terminal/formatMoment.ts";
import { formatNeuro } from "../../terminal/formatNeuro.ts";
import type { CommandDefinition } from "../command.ts";

interface StakeFlags extends SigningFlags {
  readonly days: number;
}

export const stake: CommandDefinition<StakeFlags, readonly [bigint]> = {
  name: "stake",
  summary: "bond NEURO for voting power and a better reward; they stay locked for the days you choose",
  examples: ["stake 500 --days 30"],
  arguments: [amountArgument()],
  options: [
    wholeNumberOption("--days <count>", "days of the network's clock", { least: 1, most: 3650 }).default(30),
    ...signingOptions(),
  ],
  required: [],
  async run({ days, ...flags }, surface, [amount]) {
    await sendBody(flags, surface, ({ params }) => {
      const clock = clockOf(params);
      const span = formatSpan(days * clock.dayBlocks, clock);
      return {
        body: { kind: "stake", amount, lockDays: days },
        notes: [`staking ${formatNeuro(amount)}, locked for ${days} days of the network (${span})`],
      };
    });
  },
};
