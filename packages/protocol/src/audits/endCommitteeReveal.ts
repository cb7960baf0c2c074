/**
 * The committee has shown its answers: what more than half of them found is the truth. Exact arithmetic means that honest
 * replays never differ, so whoever differs from it was wrong. Spec: spec/audits.md#A5.
 */
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import { committedDigest } from "../work/workCommit.ts";
import { workOf } from "./auditOf.ts";
import type { AuditRecord } from "./auditRecord.ts";
import { isSameAnswer, settleAudit } from "./settleAudit.ts";

export function endCommitteeReveal(draft: Draft, audit: AuditRecord, context: BlockContext): readonly DraftEvent[] {
  const members = audit.auditors.filter(({ isCommittee }) => isCommittee);
  if (members.some(({ answer }) => answer === null) && context.height < audit.deadline) return [];
  const answers = members.flatMap(({ answer }) => answer ?? []);
  const truth = answers.find(
    (answer) => 2 * answers.filter((other) => isSameAnswer(answer, other)).length > answers.length,
  );
  if (truth === undefined) return settleAudit(draft, audit, { outcome: "unsettled", truth: null }, context);
  if (truth.kind === "unavailable") return settleAudit(draft, audit, { outcome: "unavailable", truth }, context);
  const isAsCommitted = truth.end === committedDigest(workOf(draft, audit).commit, audit.segment);
  return settleAudit(draft, audit, { outcome: isAsCommitted ? "honest" : "wrong", truth }, context);
}
