/**
 * Withdraw: in review the author gets his fee back. Once votes are taken it is burned and the same may not come again for a
 * while, so nobody withdraws to escape a verdict; where it would be a veto, the deposit is lost as well.
 * spec/governance.md#G1
 */
import type { Draft } from "../state/draft.ts";
import type { Apply } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import { accept } from "../transition/outcome.ts";
import { type Moment, startCooldown } from "./cooldown.ts";
import { enterStage, type Nep } from "./openNeps.ts";
import { ownPendingNep } from "./ownNep.ts";
import { burnDeposit, burnFee, releaseDeposit, returnFee } from "./settleMoney.ts";
import { isVetoed } from "./tally.ts";

export const nepWithdraw: Apply<"nepWithdraw"> = (draft, { sender, body: { nepId } }, context) => {
  const { height } = context;
  const found = ownPendingNep(draft, { nepId, sender, height });
  if ("ok" in found) return found;
  const isInReview = height <= found.record.snapshotAt;
  const reason = { code: isInReview ? "WITHDRAWN_IN_REVIEW" : "WITHDRAWN_IN_VOTING", detail: "" };
  const ended = enterStage(draft, found, { kind: "ended", as: "withdrawn", at: height, reason }, { height });
  releaseDeposit(draft, found.record);
  return accept(ended, ...(isInReview ? [returnFee(draft, nepId)] : giveUp(draft, found, context)));
};

function giveUp(draft: Draft, nep: Nep, { height, params }: Moment): DraftEvent[] {
  startCooldown(draft, nep, { height, params });
  const fee = burnFee(draft, nep.nepId);
  return isVetoed(nep.record.tally, nep.record.rules)
    ? [fee, ...burnDeposit(draft, nep.record, { height, params })]
    : [fee];
}
