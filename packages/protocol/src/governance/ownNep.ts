/** The proposal of an author who wants to change or withdraw it, while he still can. */
import type { Draft } from "../state/draft.ts";
import { type Rejected, reject } from "../transition/outcome.ts";
import type { AccountId, Digest } from "../types/identifiers.ts";
import { findNep, type Nep } from "./openNeps.ts";
import { statusOf } from "./status.ts";

interface Wanted {
  readonly nepId: Digest;
  readonly sender: AccountId;
  /** Of the block that is being made. */
  readonly height: number;
}

export function ownPendingNep(draft: Draft, { nepId, sender, height }: Wanted): Nep | Rejected {
  const found = findNep(draft, nepId);
  if ("ok" in found) return found;
  const { author, stage } = found.record;
  if (author !== sender) return reject({ code: "NEP_NOT_YOURS", author });
  if (stage.kind === "pending") return found;
  return reject({ code: "NEP_STATUS", status: statusOf(found.record, height - 1), needed: "review or voting" });
}

export function ownNepInReview(draft: Draft, wanted: Wanted): Nep | Rejected {
  const found = ownPendingNep(draft, wanted);
  if ("ok" in found || wanted.height <= found.record.snapshotAt) return found;
  return reject({ code: "NEP_STATUS", status: statusOf(found.record, wanted.height - 1), needed: "review" });
}
