/** Comparing answers: exact arithmetic means that two honest replays of one part never differ in a bit. Spec: spec/audits.md#A5. */
import type { AuditAnswer } from "../work/auditAnswer.ts";
import type { Auditor, AuditRecord } from "./auditRecord.ts";

export function isSameAnswer(a: AuditAnswer, b: AuditAnswer): boolean {
  if (a.kind !== "replayed" || b.kind !== "replayed") return a.kind === b.kind;
  return a.end === b.end && a.interior === b.interior;
}

/** Whether the auditor has found what the audit found. A first auditor's interior digest may be of another step. */
export function isRight(
  { truth, isStepRedrawn }: Pick<AuditRecord, "truth" | "isStepRedrawn">,
  { answer, isCommittee }: Auditor,
): boolean {
  if (truth === null || answer === null) return false;
  if (isCommittee || !isStepRedrawn) return isSameAnswer(answer, truth);
  if (answer.kind !== "replayed" || truth.kind !== "replayed") return answer.kind === truth.kind;
  return answer.end === truth.end;
}
