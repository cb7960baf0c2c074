/**
 * Withdraw: in review the author gets his fee back; once votes are taken, it is burned. The deposit is free again.
 * spec/governance.md#G1
 */
import type { Apply } from "../transition/context.ts";
import { accept } from "../transition/outcome.ts";
import { enterStage } from "./openNeps.ts";
import { ownPendingNep } from "./ownNep.ts";
import { burnFee, releaseDeposit, returnFee } from "./settleMoney.ts";

export const nepWithdraw: Apply<"nepWithdraw"> = (draft, { sender, body: { nepId } }, { height }) => {
  const found = ownPendingNep(draft, { nepId, sender, height });
  if ("ok" in found) return found;
  const isInReview = height <= found.record.snapshotAt;
  const reason = { code: isInReview ? "WITHDRAWN_IN_REVIEW" : "WITHDRAWN_IN_VOTING", detail: "" };
  const ended = enterStage(draft, found, { kind: "ended", as: "withdrawn", at: height, reason }, { height });
  releaseDeposit(draft, found.record);
  return accept(ended, isInReview ? returnFee(draft, nepId) : burnFee(draft, nepId));
};
