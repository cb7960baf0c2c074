/** How many devices an account has: bounded, so that nobody fills the state with keys. Spec: spec/devices.md#D1. */
import type { Draft } from "../state/draft.ts";
import type { AccountId } from "../types/identifiers.ts";

export function deviceCountOf(draft: Draft, account: AccountId): number {
  return draft.get("deviceCounts", account)?.devices ?? 0;
}

/** An account without devices leaves no entry behind. */
export function changeDeviceCount(draft: Draft, account: AccountId, change: 1 | -1): void {
  const devices = deviceCountOf(draft, account) + change;
  if (devices === 0) draft.remove("deviceCounts", account);
  else draft.set("deviceCounts", account, { devices });
}
