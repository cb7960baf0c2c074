/** Which events of the chain are about money that an account earned or lost, and what each says about it. */
import type { AccountId, DraftEvent, Receipt } from "@neuroshard/protocol";
import type { EarningKind } from "@neuroshard/sdk/api";

export interface Earning {
  readonly kind: EarningKind;
  /** Of `slashed`: what was taken. */
  readonly amount: bigint;
  readonly held: bigint;
  readonly event: DraftEvent;
}

const NOTHING = 0n;

/** What one event means for the account; undefined where it has nothing to do with its earnings. */
function earningOf(event: DraftEvent, account: AccountId): Earning | undefined {
  switch (event.kind) {
    case "rewarded":
      return event.account === account ? { ...paid(event), kind: "training", event } : undefined;
    case "auditRewarded":
      return event.account === account ? { ...paid(event), kind: "audit", event } : undefined;
    case "uptimeRewarded":
      return event.account === account ? { ...paid(event), kind: "uptime", event } : undefined;
    case "proposerRewarded":
      return event.account === account ? { ...paid({ ...event, held: NOTHING }), kind: "proposal", event } : undefined;
    case "payForfeited":
      return event.account === account ? { kind: "forfeited", amount: NOTHING, held: NOTHING, event } : undefined;
    case "slashed":
      return slashed(event, account);
    default:
      return undefined;
  }
}

function paid({ amount, held }: { readonly amount: bigint; readonly held: bigint }) {
  return { amount, held };
}

function slashed(event: Extract<DraftEvent, { readonly kind: "slashed" }>, account: AccountId): Earning | undefined {
  if (event.account === account) return { kind: "slashed", amount: event.amount, held: NOTHING, event };
  const isPaid = event.reporter === account && event.rewarded > NOTHING;
  return isPaid ? { kind: "evidence", amount: event.rewarded, held: NOTHING, event } : undefined;
}

/** In the order in which they happened. */
export function earningsIn({ outcome }: Receipt, account: AccountId): readonly Earning[] {
  if (outcome.kind !== "accepted") return [];
  return outcome.events.flatMap((event) => earningOf(event, account) ?? []);
}
