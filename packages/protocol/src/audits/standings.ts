/** What the network notes about a device when its work or its answer has been confirmed, or found wanting. Spec: spec/audits.md#A8. */
import { NEW_STANDING } from "../rounds/roundRecord.ts";
import type { Draft } from "../state/draft.ts";
import type { DeviceKey } from "../types/identifiers.ts";

const MOST_FAILURES = 0xffff;

/** Work of that round was confirmed, or nobody was to look at it; or an answer about it was right. */
export function noteVerified(draft: Draft, device: DeviceKey, round: number): void {
  const before = draft.get("standings", device) ?? NEW_STANDING;
  if (before.verifiedRound >= round) return;
  draft.set("standings", device, { ...before, verifiedRound: round });
}

/** Nothing is paid to the device for any round so far that is not paid yet, and its work is looked at more often. */
export function noteFailed(draft: Draft, device: DeviceKey): void {
  const before = draft.get("standings", device) ?? NEW_STANDING;
  draft.set("standings", device, {
    ...before,
    failedAudits: Math.min(MOST_FAILURES, before.failedAudits + 1),
    forfeitedThrough: Math.max(before.forfeitedThrough, draft.cell("training").round),
  });
}

export function isForfeited(draft: Draft, device: DeviceKey, round: number): boolean {
  return round <= (draft.get("standings", device)?.forfeitedThrough ?? 0);
}

/** Whether the device has failed, and nothing of it has been confirmed since. */
export function isUnredeemed(draft: Draft, device: DeviceKey): boolean {
  const { failedAudits, forfeitedThrough, verifiedRound } = draft.get("standings", device) ?? NEW_STANDING;
  return failedAudits > 0 && verifiedRound <= forfeitedThrough;
}
