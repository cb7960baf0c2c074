/** The auditors have shown their answers. All as committed: the work is good. Anything else goes to a committee. Spec: spec/audits.md#A5. */
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import type { AuditAnswer } from "../work/auditAnswer.ts";
import { committedDigest } from "../work/workCommit.ts";
import { setAudit, workOf } from "./auditOf.ts";
import type { AuditRecord } from "./auditRecord.ts";
import { drawAuditor } from "./drawAuditor.ts";
import { newAuditor } from "./endSeal.ts";
import { isSameAnswer, settleAudit } from "./settleAudit.ts";

export function endReveal(draft: Draft, audit: AuditRecord, context: BlockContext): readonly DraftEvent[] {
  const isComplete = audit.auditors.every(({ answer }) => answer !== null);
  if (!isComplete && context.height < audit.deadline) return [];
  const answers = audit.auditors.flatMap(({ answer }) => answer ?? []);
  const [first] = answers;
  if (first === undefined) return settleAudit(draft, audit, { outcome: "lapsed", truth: null }, context);
  const { commit } = workOf(draft, audit);
  const isAsCommitted = (answer: AuditAnswer): boolean =>
    answer.kind === "replayed" && answer.end === committedDigest(commit, audit.segment) && isSameAnswer(answer, first);
  if (answers.every(isAsCommitted)) return settleAudit(draft, audit, { outcome: "honest", truth: first }, context);
  return callCommittee(draft, audit, context);
}

function callCommittee(draft: Draft, audit: AuditRecord, context: BlockContext): readonly DraftEvent[] {
  const { round, slot } = workOf(draft, audit);
  const { params, height } = context;
  const { beacon } = draft.cell("head");
  const excluded = [slot.account, ...audit.auditors.map(({ account }) => account)];
  const members = [];
  for (let place = 0; place < params.get("economics.constants.VALIDATOR_COMMITTEE_SIZE"); place++) {
    const label = `${audit.round}/${audit.slot}/committee/${place}`;
    const member = drawAuditor(round, { beacon, label, excluded });
    if (member === undefined) break;
    excluded.push(member);
    members.push(newAuditor(member, true));
  }
  if (members.length === 0) return settleAudit(draft, audit, { outcome: "unsettled", truth: null }, context);
  const deadline = height + params.get("training.audit.AUDIT_TIMEOUT");
  setAudit(draft, { ...audit, stage: "committee-seal", deadline, auditors: [...audit.auditors, ...members] });
  const { round: number, slot: index, segment } = audit;
  return members.map(
    ({ account }): DraftEvent => ({
      ...{ kind: "auditDrawn", round: number, slot: index, segment, auditor: account },
    }),
  );
}
