/** Which auditor a device answers for, in an audit that is open. */
import { workingDevice } from "../devices/workingDevice.ts";
import { slotKey } from "../rounds/roundOf.ts";
import type { Draft } from "../state/draft.ts";
import { type Rejected, reject } from "../transition/outcome.ts";
import type { DeviceKey } from "../types/identifiers.ts";
import type { Auditor, AuditRecord, AuditStage } from "./auditRecord.ts";

export interface Answering {
  readonly ok: true;
  readonly audit: AuditRecord;
  readonly index: number;
  readonly auditor: Auditor;
}

interface Wanted {
  readonly signer: DeviceKey;
  readonly round: number;
  readonly slot: number;
  /** Of the first auditors, and of the committee. */
  readonly stages: readonly [AuditStage, AuditStage];
}

export function answeringAuditor(draft: Draft, { signer, round, slot, stages }: Wanted): Answering | Rejected {
  const working = workingDevice(draft, signer, "validator");
  if (!working.ok) return working;
  const { account } = working.device;
  const audit = draft.get("audits", slotKey(round, slot));
  if (audit === undefined) return reject({ code: "AUDIT_UNKNOWN", round, slot });
  const index = audit.auditors.findIndex((auditor) => auditor.account === account);
  const auditor = audit.auditors[index];
  if (auditor === undefined) return reject({ code: "NOT_AN_AUDITOR", account, round, slot });
  const needed = stages[auditor.isCommittee ? 1 : 0];
  if (audit.stage !== needed) return reject({ code: "AUDIT_STAGE", stage: audit.stage, needed });
  return { ok: true, audit, index, auditor };
}
