/** Somebody who has been drawn and has said nothing yet. */
import type { Auditor } from "./auditRecord.ts";

export function newAuditor(account: Auditor["account"], isCommittee: boolean): Auditor {
  return { account, isCommittee, device: null, seal: null, answer: null };
}
