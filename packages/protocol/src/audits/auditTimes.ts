/** When the stages of an audit end. Spec: spec/audits.md#A4. */
import type { RoundRecord } from "../rounds/roundRecord.ts";
import type { BlockContext } from "../transition/context.ts";
import type { AuditRecord } from "./auditRecord.ts";

/** So often auditors are drawn for one audit at most. */
const MOST_DRAWS = 4;

export function stageDeadline({ height, params }: BlockContext): number {
  return height + params.get("training.audit.AUDIT_TIMEOUT");
}

export function windowEnd({ endedAt }: RoundRecord, { params }: Pick<BlockContext, "params">): number {
  return endedAt + params.get("training.audit.AUDIT_WINDOW");
}

/** Whether silent auditors are still replaced. What goes on without is over a few stages later. */
export function canReplace(round: RoundRecord, { draws }: AuditRecord, context: BlockContext): boolean {
  return draws < MOST_DRAWS && context.height < windowEnd(round, context);
}
