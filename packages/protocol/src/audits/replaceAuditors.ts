/**
 * Those who were to audit were silent, or sealed and did not show what: the audit begins anew with somebody else, or lapses
 * where time or people run out. Spec: spec/audits.md#A4.
 */
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import { setAudit, workOf } from "./auditOf.ts";
import type { AuditRecord } from "./auditRecord.ts";
import { canReplace, stageDeadline } from "./auditTimes.ts";
import { drawAuditor } from "./drawAuditor.ts";
import { newAuditor } from "./newAuditor.ts";
import { settleAudit } from "./settleAudit.ts";
import { noteFailed } from "./standings.ts";

export function replaceAuditors(draft: Draft, audit: AuditRecord, context: BlockContext): readonly DraftEvent[] {
  const { round, slot } = workOf(draft, audit);
  const silent = audit.auditors.map(({ account }) => account);
  const { beacon } = draft.cell("head");
  const label = `${audit.round}/${audit.slot}/primary/${audit.draws}`;
  const others = drawAuditor(round, { beacon, label, excluded: [slot.account, ...silent] });
  // With nobody else, the same one gets another chance.
  const next = others ?? drawAuditor(round, { beacon, label, excluded: [slot.account] });
  if (next === undefined || !canReplace(round, audit, context)) {
    return settleAudit(draft, audit, { outcome: "lapsed", truth: null }, context);
  }
  for (const { device } of audit.auditors) if (device !== null) noteFailed(draft, device);
  setAudit(draft, {
    ...audit,
    ...{ stage: "seal", draws: audit.draws + 1, answeredAt: 0, hasSecondDraw: false },
    ...{ auditors: [newAuditor(next, false)], deadline: stageDeadline(context) },
  });
  return [{ kind: "auditDrawn", round: audit.round, slot: audit.slot, segment: audit.segment, auditor: next }];
}
