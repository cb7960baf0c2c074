/** The committee has sealed its answers, or the time is over. Spec: spec/audits.md#A5. */
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import { setAudit } from "./auditOf.ts";
import type { AuditRecord } from "./auditRecord.ts";
import { settleAudit } from "./settleAudit.ts";

export function endCommitteeSeal(draft: Draft, audit: AuditRecord, context: BlockContext): readonly DraftEvent[] {
  const { height, params } = context;
  const members = audit.auditors.filter(({ isCommittee }) => isCommittee);
  if (members.some(({ seal }) => seal === null) && height < audit.deadline) return [];
  if (members.every(({ seal }) => seal === null)) {
    return settleAudit(draft, audit, { outcome: "unsettled", truth: null }, context);
  }
  const auditors = audit.auditors.filter(({ isCommittee, seal }) => !isCommittee || seal !== null);
  const deadline = height + params.get("training.audit.AUDIT_TIMEOUT");
  setAudit(draft, { ...audit, stage: "committee-reveal", deadline, auditors });
  return [];
}
