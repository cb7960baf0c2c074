/** The round whose pay an event is part of: its name in the index of histories, where accounts and proposals stand too. */
import type { DraftEvent } from "@neuroshard/protocol";

export type PayEvent = Extract<DraftEvent, { readonly kind: "rewarded" | "auditRewarded" | "payForfeited" }>;

const PAY_KINDS: readonly DraftEvent["kind"][] = ["rewarded", "auditRewarded", "payForfeited"];
const NAME_DIGITS = 16;

export function isPay(event: DraftEvent): event is PayEvent {
  return PAY_KINDS.includes(event.kind);
}

/** Of 8 bytes: accounts have 20 and proposals 32. */
export function roundName(round: number): string {
  return round.toString(16).padStart(NAME_DIGITS, "0");
}

export function paidRoundsOf(event: DraftEvent): readonly string[] {
  return isPay(event) ? [roundName(event.round)] : [];
}
