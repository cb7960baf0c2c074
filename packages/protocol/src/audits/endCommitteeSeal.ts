/** The committee has sealed its answers, or the time is over: silent members are replaced as far as there are others. Spec: spec/audits.md#A5. */
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import { setAudit, workOf } from "./auditOf.ts";
import type { AuditRecord } from "./auditRecord.ts";
import { canReplace, stageDeadline } from "./auditTimes.ts";
import { committeeDrawn, drawCommittee } from "./drawCommittee.ts";
import { settleAudit } from "./settleAudit.ts";

export function endCommitteeSeal(draft: Draft, audit: AuditRecord, context: BlockContext): readonly DraftEvent[] {
  const silent = audit.auditors.filter(({ isCommittee, seal }) => isCommittee && seal === null);
  if (silent.length > 0 && context.height < audit.deadline) return [];
  const others = canReplace(workOf(draft, audit).round, audit, context)
    ? drawCommittee(draft, audit, silent.length)
    : [];
  const auditors = [...audit.auditors.filter((auditor) => !silent.includes(auditor)), ...others];
  if (others.length > 0) {
    setAudit(draft, { ...audit, draws: audit.draws + 1, deadline: stageDeadline(context), auditors });
    return committeeDrawn(audit, others);
  }
  if (!auditors.some(({ isCommittee }) => isCommittee)) {
    return settleAudit(draft, { ...audit, auditors }, { outcome: "unsettled", truth: null }, context);
  }
  setAudit(draft, { ...audit, stage: "committee-reveal", deadline: stageDeadline(context), auditors });
  return [];
}
