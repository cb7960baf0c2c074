/** An auditor has replayed and seals what it found. Spec: spec/audits.md#A3. */
import type { Apply } from "../transition/context.ts";
import { accept, reject } from "../transition/outcome.ts";
import { setAudit } from "./auditOf.ts";
import { answeringAuditor } from "./auditor.ts";

export const auditSeal: Apply<"auditSeal"> = (draft, { signer, body }, { height }) => {
  const answering = answeringAuditor(draft, { ...body, signer, stages: ["seal", "committee-seal"] });
  if (!answering.ok) return answering;
  const { audit, index, auditor } = answering;
  if (auditor.seal !== null) {
    return reject({ code: "ALREADY_ATTESTED", account: auditor.account, subject: `audit ${body.round}/${body.slot}` });
  }
  const auditors = audit.auditors.with(index, { ...auditor, device: signer, seal: body.seal });
  const answeredAt = index === 0 ? height : audit.answeredAt;
  setAudit(draft, { ...audit, auditors, answeredAt });
  return accept();
};
