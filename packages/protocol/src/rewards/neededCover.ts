/**
 * What each account of a round must have at stake or held: a slash for each of its slots, since each can be slashed by
 * itself. One cover for many devices would make fraud with all of them at once a bargain. Spec: spec/rewards.md#P4.
 */
import type { RoundRecord } from "../rounds/roundRecord.ts";
import { bondedOf, stakesIn } from "../staking/stakes.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { AccountId } from "../types/identifiers.ts";
import { rewardOf } from "./rewardOf.ts";
import { type Cover, coverOf } from "./slashAmount.ts";

export const NO_COVER: Cover = { collateral: 0n, held: 0n };

/** Accounts without work in the round need nothing, and are not in it. Where nothing is minted nothing has to be covered. */
export function neededCover(
  draft: Draft,
  round: RoundRecord,
  { params }: Pick<BlockContext, "params">,
): ReadonlyMap<AccountId, Cover> {
  const needed = new Map<AccountId, Cover>();
  if (!params.get("economics.emission.EMISSION_ENABLED")) return needed;
  for (const { account, steps, inclusion } of round.slots) {
    if (inclusion !== "included") continue;
    const gain = rewardOf(params, steps, bondedOf(stakesIn(draft, account))).amount;
    const before = needed.get(account) ?? NO_COVER;
    const { collateral, held } = coverOf(params, gain);
    needed.set(account, { collateral: before.collateral + collateral, held: before.held + held });
  }
  return needed;
}
