/** The money of a proposal when its outcome is known: fee, deposit, reward. spec/governance.md#G7 */
import { credit } from "../ledger/balance.ts";
import { burnEscrow, returnEscrow } from "../ledger/escrow.ts";
import { moveSupply } from "../ledger/supply.ts";
import type { NepRecord } from "../nep/record.ts";
import { slash } from "../staking/slash.ts";
import { setStakes, stakesIn } from "../staking/stakes.ts";
import type { Draft } from "../state/draft.ts";
import type { DraftEvent } from "../transition/events.ts";
import type { Amount, Digest } from "../types/identifiers.ts";
import type { Moment } from "./cooldown.ts";
import type { Nep } from "./openNeps.ts";

export function returnFee(draft: Draft, nepId: Digest): DraftEvent {
  const { owner, amount } = returnEscrow(draft, nepId);
  return { kind: "escrowReturned", nepId, account: owner, amount };
}

export function burnFee(draft: Draft, nepId: Digest): DraftEvent {
  const { owner, amount } = burnEscrow(draft, nepId);
  return { kind: "escrowBurned", nepId, account: owner, amount };
}

/** A slash may have taken a part of what was held. */
export function releaseDeposit(draft: Draft, { author, deposit }: NepRecord): void {
  const stakes = stakesIn(draft, author);
  const deposits = stakes.deposits > deposit ? stakes.deposits - deposit : 0n;
  setStakes(draft, author, { ...stakes, deposits });
}

/** By veto the deposit is lost like the fee. */
export function burnDeposit(draft: Draft, { author, deposit }: NepRecord, moment: Moment): DraftEvent[] {
  return slash(draft, { account: author, amount: deposit, reporter: author, reporterShare: 0n }, moment);
}

/** From the treasury, as far as it has funds: no reward is minted. */
export function rewardProposer(draft: Draft, { nepId, record }: Nep, amount: Amount): DraftEvent[] {
  const { treasury } = draft.cell("supply");
  const paid = amount < treasury ? amount : treasury;
  if (paid === 0n) return [];
  credit(draft, record.author, paid);
  moveSupply(draft, "treasury", "spendable", paid);
  return [{ kind: "proposerRewarded", nepId, account: record.author, amount: paid }];
}
