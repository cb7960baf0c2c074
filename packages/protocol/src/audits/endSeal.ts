/**
 * The first auditor has sealed, or has not come. Whether there is a second is drawn only after the first has sealed: he
 * cannot know whether anybody will look at his answer. Spec: spec/audits.md#A4.
 */
import { drawChance } from "../numbers/drawLot.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import { setAudit, workOf } from "./auditOf.ts";
import type { AuditRecord } from "./auditRecord.ts";
import { stageDeadline } from "./auditTimes.ts";
import { drawAuditor } from "./drawAuditor.ts";
import { newAuditor } from "./newAuditor.ts";
import { replaceAuditors } from "./replaceAuditors.ts";

export function endSeal(draft: Draft, audit: AuditRecord, context: BlockContext): readonly DraftEvent[] {
  const { height } = context;
  const [primary] = audit.auditors;
  if (primary === undefined) throw new Error("internal: an audit without an auditor");
  if (primary.seal === null) return height < audit.deadline ? [] : replaceAuditors(draft, audit, context);
  // The beacon of the block that has the seal was known to who sealed.
  if (height <= audit.answeredAt) return [];
  if (!audit.hasSecondDraw) return drawSecond(draft, audit, context);
  const isComplete = audit.auditors.every(({ seal }) => seal !== null);
  if (!isComplete && height < audit.deadline) return [];
  toReveal(draft, { ...audit, auditors: audit.auditors.filter(({ seal }) => seal !== null) }, context);
  return [];
}

function drawSecond(draft: Draft, audit: AuditRecord, context: BlockContext): readonly DraftEvent[] {
  const { round, slot } = workOf(draft, audit);
  const { beacon } = draft.cell("head");
  const label = `${audit.round}/${audit.slot}/second`;
  const isDrawn = drawChance(beacon, label, context.params.get("training.audit.SECOND_AUDITOR_PROBABILITY"));
  const excluded = [slot.account, ...audit.auditors.map(({ account }) => account)];
  const second = isDrawn ? drawAuditor(round, { beacon, label: `${label}/who`, excluded }) : undefined;
  if (second === undefined) {
    toReveal(draft, { ...audit, hasSecondDraw: true }, context);
    return [];
  }
  const auditors = [...audit.auditors, newAuditor(second, false)];
  setAudit(draft, { ...audit, hasSecondDraw: true, auditors, deadline: stageDeadline(context) });
  return [{ kind: "auditDrawn", round: audit.round, slot: audit.slot, segment: audit.segment, auditor: second }];
}

function toReveal(draft: Draft, audit: AuditRecord, context: BlockContext): void {
  setAudit(draft, { ...audit, stage: "reveal", deadline: stageDeadline(context) });
}
