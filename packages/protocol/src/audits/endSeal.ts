/**
 * The first auditor has sealed, or has not come. Whether there is a second is drawn only after the first has sealed: he
 * cannot know whether anybody will look at his answer. A silent auditor is replaced. Spec: spec/audits.md#A4.
 */
import { drawChance } from "../numbers/drawLot.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import { setAudit, workOf } from "./auditOf.ts";
import type { Auditor, AuditRecord } from "./auditRecord.ts";
import { drawAuditor } from "./drawAuditor.ts";
import { settleAudit } from "./settleAudit.ts";

const MOST_DRAWS = 4;

export function newAuditor(account: Auditor["account"], isCommittee: boolean): Auditor {
  return { account, isCommittee, device: null, seal: null, answer: null };
}

export function endSeal(draft: Draft, audit: AuditRecord, context: BlockContext): readonly DraftEvent[] {
  const { height } = context;
  const [primary] = audit.auditors;
  if (primary === undefined) throw new Error("internal: an audit without an auditor");
  if (primary.seal === null) return height < audit.deadline ? [] : replacePrimary(draft, audit, context);
  // The beacon of the block that has the seal was known to who sealed.
  if (height <= audit.sealedAt) return [];
  if (!audit.hasSecondDraw) return drawSecond(draft, audit, context);
  const isComplete = audit.auditors.every(({ seal }) => seal !== null);
  if (!isComplete && height < audit.deadline) return [];
  toReveal(draft, { ...audit, auditors: audit.auditors.filter(({ seal }) => seal !== null) }, context);
  return [];
}

function drawSecond(draft: Draft, audit: AuditRecord, context: BlockContext): readonly DraftEvent[] {
  const { round, slot } = workOf(draft, audit);
  const { params } = context;
  const { beacon } = draft.cell("head");
  const label = `${audit.round}/${audit.slot}/second`;
  const isDrawn = drawChance(beacon, label, params.get("training.audit.SECOND_AUDITOR_PROBABILITY"));
  const excluded = [slot.account, ...audit.auditors.map(({ account }) => account)];
  const second = isDrawn ? drawAuditor(round, { beacon, label: `${label}/who`, excluded }) : undefined;
  if (second === undefined) {
    toReveal(draft, { ...audit, hasSecondDraw: true }, context);
    return [];
  }
  const auditors = [...audit.auditors, newAuditor(second, false)];
  setAudit(draft, { ...audit, hasSecondDraw: true, auditors, deadline: deadlineAfter(context) });
  return [{ kind: "auditDrawn", round: audit.round, slot: audit.slot, segment: audit.segment, auditor: second }];
}

function replacePrimary(draft: Draft, audit: AuditRecord, context: BlockContext): readonly DraftEvent[] {
  const { round, slot } = workOf(draft, audit);
  const silent = audit.auditors.map(({ account }) => account);
  const label = `${audit.round}/${audit.slot}/primary/${audit.draws}`;
  const { beacon } = draft.cell("head");
  const others = drawAuditor(round, { beacon, label, excluded: [slot.account, ...silent] });
  // With nobody else, the same one gets another chance.
  const next = others ?? drawAuditor(round, { beacon, label, excluded: [slot.account] });
  if (audit.draws >= MOST_DRAWS || next === undefined) {
    return settleAudit(draft, audit, { outcome: "lapsed", truth: null }, context);
  }
  const draws = audit.draws + 1;
  setAudit(draft, { ...audit, draws, auditors: [newAuditor(next, false)], deadline: deadlineAfter(context) });
  return [{ kind: "auditDrawn", round: audit.round, slot: audit.slot, segment: audit.segment, auditor: next }];
}

function toReveal(draft: Draft, audit: AuditRecord, context: BlockContext): void {
  setAudit(draft, { ...audit, stage: "reveal", deadline: deadlineAfter(context) });
}

function deadlineAfter({ height, params }: BlockContext): number {
  return height + params.get("training.audit.AUDIT_TIMEOUT");
}
