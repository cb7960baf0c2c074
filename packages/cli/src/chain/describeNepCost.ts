/** What a proposal costs its author, and what becomes of the money in each outcome. */
import type { Params } from "@neuroshard/sdk";
import { formatNeuro, formatPercent } from "../terminal/formatNeuro.ts";

export function describeNepCost(params: Params): readonly string[] {
  const deposit = formatNeuro(params.get("governance.registry.MIN_STAKE_TO_PROPOSE"));
  const fee = formatNeuro(params.get("governance.registry.PROPOSAL_FEE"));
  const rate = formatPercent(params.get("governance.registry.PROPOSER_REWARD_RATE_APPROVED"));
  return [
    `costs: ${deposit} of your stake are held until the vote ends, ${fee} of proposal fee go into escrow`,
    `  approved               both come back, and ${rate} of the stake that others voted, if the treasury has it`,
    "  rejected with quorum   both come back",
    "  without quorum         the stake comes back, the fee is burned",
    "  vetoed                 both are burned",
    "  withdrawn in review    both come back; later the fee is burned",
  ];
}
