/** An auditor shows what it sealed. Spec: spec/audits.md#A3. */
import type { Apply } from "../transition/context.ts";
import { accept, reject } from "../transition/outcome.ts";
import { auditSeal } from "../work/auditAnswer.ts";
import { setAudit } from "./auditOf.ts";
import { answeringAuditor } from "./auditor.ts";

export const auditReveal: Apply<"auditReveal"> = (draft, { signer, body }, { height }) => {
  const { round, slot, answer } = body;
  const answering = answeringAuditor(draft, { round, slot, signer, stages: ["reveal", "committee-reveal"] });
  if (!answering.ok) return answering;
  const { audit, index, auditor } = answering;
  const subject = `audit ${round}/${slot}`;
  if (auditor.answer !== null) return reject({ code: "ALREADY_ATTESTED", account: auditor.account, subject });
  const actual = auditSeal(signer, round, slot, answer);
  if (auditor.seal !== actual) return reject({ code: "SEAL_MISMATCH", seal: String(auditor.seal), actual });
  setAudit(draft, { ...audit, auditors: audit.auditors.with(index, { ...auditor, answer }), answeredAt: height });
  return accept();
};
