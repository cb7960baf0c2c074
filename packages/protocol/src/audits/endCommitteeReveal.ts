/**
 * The committee has shown its answers: what enough of its members found is the truth. Exact arithmetic means that honest
 * replays never differ, so whoever differs from it was wrong. Spec: spec/audits.md#A5.
 */
import { ONE } from "../numbers/decimal.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import type { AuditAnswer } from "../work/auditAnswer.ts";
import { committedToAudit } from "../work/workCommit.ts";
import { workOf } from "./auditOf.ts";
import type { Auditor, AuditRecord } from "./auditRecord.ts";
import { isSameAnswer } from "./isRight.ts";
import { settleAudit } from "./settleAudit.ts";

export function endCommitteeReveal(draft: Draft, audit: AuditRecord, context: BlockContext): readonly DraftEvent[] {
  const members = audit.auditors.filter(({ isCommittee }) => isCommittee);
  if (members.some(({ answer }) => answer === null) && context.height < audit.deadline) return [];
  const truth = agreed(members, context);
  if (truth === undefined) return settleAudit(draft, audit, { outcome: "unsettled", truth: null }, context);
  if (truth.kind === "unavailable") return settleAudit(draft, audit, { outcome: "unavailable", truth }, context);
  const isAsCommitted = truth.end === committedToAudit(workOf(draft, audit).commit, audit.segment);
  return settleAudit(draft, audit, { outcome: isAsCommitted ? "honest" : "wrong", truth }, context);
}

/** Counted by heads, of all who sealed: who does not show his answer agrees with nobody. */
function agreed(members: readonly Auditor[], { params }: BlockContext): AuditAnswer | undefined {
  const threshold = params.get("economics.constants.VALIDATION_CONSENSUS_THRESHOLD") * BigInt(members.length);
  const answers = members.flatMap(({ answer }) => answer ?? []);
  return answers.find((answer) => {
    const same = answers.filter((other) => isSameAnswer(answer, other)).length;
    return 2 * same > members.length && BigInt(same) * ONE >= threshold;
  });
}
