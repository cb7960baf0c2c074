/** The auditors have shown their answers. All as committed: the work is good. Anything else goes to a committee. Spec: spec/audits.md#A5. */
import { drawBelow } from "../numbers/drawLot.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import { committedToAudit } from "../work/workCommit.ts";
import { setAudit, workOf } from "./auditOf.ts";
import type { AuditRecord } from "./auditRecord.ts";
import { stageDeadline } from "./auditTimes.ts";
import { committeeDrawn, drawCommittee } from "./drawCommittee.ts";
import { isSameAnswer } from "./isRight.ts";
import { replaceAuditors } from "./replaceAuditors.ts";
import { settleAudit } from "./settleAudit.ts";
import { interiorStepsOf } from "./stepsOfSegment.ts";

export function endReveal(draft: Draft, audit: AuditRecord, context: BlockContext): readonly DraftEvent[] {
  const isComplete = audit.auditors.every(({ answer }) => answer !== null);
  if (!isComplete && context.height < audit.deadline) return [];
  const answers = audit.auditors.flatMap(({ answer }) => answer ?? []);
  const [first] = answers;
  if (first === undefined) return replaceAuditors(draft, audit, context);
  const expected = committedToAudit(workOf(draft, audit).commit, audit.segment);
  const isEndDisputed = answers.some((answer) => answer.kind !== "replayed" || answer.end !== expected);
  if (!isEndDisputed && answers.every((answer) => isSameAnswer(answer, first))) {
    return settleAudit(draft, audit, { outcome: "honest", truth: first }, context);
  }
  // Whoever showed his answer in this block knew its beacon, and could have chosen his committee by waiting.
  if (context.height <= audit.answeredAt) return [];
  return callCommittee(draft, isEndDisputed ? withOtherStep(draft, audit) : audit, context);
}

/**
 * The committee has seen the answers. An interior digest of another step is one that it has to compute; but where the first
 * auditors differ in that digest alone, the step has to stay.
 */
function withOtherStep(draft: Draft, audit: AuditRecord): AuditRecord {
  const { commit, rules } = workOf(draft, audit);
  const steps = interiorStepsOf(rules, commit, audit.segment);
  if (steps === 1) return audit;
  const label = `${audit.round}/${audit.slot}/committee/interior`;
  const shift = 1 + Number(drawBelow(draft.cell("head").beacon, label, BigInt(steps - 1)));
  return { ...audit, interiorStep: 1 + ((audit.interiorStep - 1 + shift) % steps), isStepRedrawn: true };
}

function callCommittee(draft: Draft, audit: AuditRecord, context: BlockContext): readonly DraftEvent[] {
  const members = drawCommittee(draft, audit, context.params.get("economics.constants.VALIDATOR_COMMITTEE_SIZE"));
  if (members.length === 0) return settleAudit(draft, audit, { outcome: "unsettled", truth: null }, context);
  const auditors = [...audit.auditors, ...members];
  setAudit(draft, { ...audit, stage: "committee-seal", deadline: stageDeadline(context), auditors });
  return committeeDrawn(audit, members);
}
