/**
 * What each account of a round must have at stake or held: a slash for each of its slots, since each can be slashed by
 * itself. One cover for many devices would make fraud with all of them at once a bargain. Spec: spec/rewards.md#P4.
 */
import type { RoundRecord } from "../rounds/roundRecord.ts";
import { bondedOf, stakesIn } from "../staking/stakes.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { AccountId, Amount } from "../types/identifiers.ts";
import { rewardOf } from "./rewardOf.ts";
import { neededCollateral } from "./slashAmount.ts";

/** Accounts without work in the round need nothing, and are not in it. Where nothing is minted nothing has to be covered. */
export function neededCover(
  draft: Draft,
  round: RoundRecord,
  { params }: Pick<BlockContext, "params">,
): ReadonlyMap<AccountId, Amount> {
  const needed = new Map<AccountId, Amount>();
  if (!params.get("economics.emission.EMISSION_ENABLED")) return needed;
  for (const { account, steps, inclusion } of round.slots) {
    if (inclusion !== "included") continue;
    const gain = rewardOf(params, steps, bondedOf(stakesIn(draft, account))).amount;
    needed.set(account, (needed.get(account) ?? 0n) + neededCollateral(params, gain));
  }
  return needed;
}
