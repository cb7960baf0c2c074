/** Further validators, who settle what the first auditors could not. Spec: spec/audits.md#A5. */
import type { Draft } from "../state/draft.ts";
import type { DraftEvent } from "../transition/events.ts";
import { workOf } from "./auditOf.ts";
import type { Auditor, AuditRecord } from "./auditRecord.ts";
import { drawAuditor } from "./drawAuditor.ts";
import { newAuditor } from "./newAuditor.ts";

/** At most `most` members, fewer where nobody is left; none of them has anything to do with the audit so far. */
export function drawCommittee(draft: Draft, audit: AuditRecord, most: number): readonly Auditor[] {
  const { round, slot } = workOf(draft, audit);
  const { beacon } = draft.cell("head");
  const excluded = [slot.account, ...audit.auditors.map(({ account }) => account)];
  const members: Auditor[] = [];
  while (members.length < most) {
    const label = `${audit.round}/${audit.slot}/committee/${members.length}`;
    const member = drawAuditor(round, { beacon, label, excluded });
    if (member === undefined) break;
    excluded.push(member);
    members.push(newAuditor(member, true));
  }
  return members;
}

export function committeeDrawn({ round, slot, segment }: AuditRecord, members: readonly Auditor[]): DraftEvent[] {
  return members.map(({ account }) => ({ kind: "auditDrawn", round, slot, segment, auditor: account }));
}
