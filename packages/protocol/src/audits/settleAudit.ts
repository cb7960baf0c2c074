/**
 * An audit ends. Wrong work is slashed, half of it for whoever found it; a wrong answer costs more, and all of it is burned.
 * Work that nobody could replay is not paid, nor anything of the trainer that is still held back, but a machine that died is
 * no fraud. Spec: spec/audits.md#A6.
 */
import { mulDivDown, ONE } from "../numbers/decimal.ts";
import { rewardOf } from "../rewards/rewardOf.ts";
import { slashAmount } from "../rewards/slashAmount.ts";
import { NEW_STANDING } from "../rounds/roundRecord.ts";
import { slash } from "../staking/slash.ts";
import { bondedOf, stakesIn } from "../staking/stakes.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import type { Amount } from "../types/identifiers.ts";
import type { AuditAnswer } from "../work/auditAnswer.ts";
import { type AuditedWork, closeAudit, setAudit, workOf } from "./auditOf.ts";
import type { AuditOutcome, Auditor, AuditRecord } from "./auditRecord.ts";

export interface Finding {
  readonly outcome: AuditOutcome;
  /** Null where nobody knows. */
  readonly truth: AuditAnswer | null;
}

export function isSameAnswer(a: AuditAnswer, b: AuditAnswer): boolean {
  if (a.kind !== "replayed" || b.kind !== "replayed") return a.kind === b.kind;
  return a.end === b.end && a.interior === b.interior;
}

export function settleAudit(
  draft: Draft,
  audit: AuditRecord,
  { outcome, truth }: Finding,
  context: BlockContext,
): readonly DraftEvent[] {
  setAudit(draft, { ...audit, stage: "settled", outcome, truth });
  closeAudit(draft, audit);
  const work = workOf(draft, audit);
  const { account } = work.slot;
  const events = [
    ...punishTrainer(draft, { audit, work, outcome, truth }, context),
    ...(truth?.kind === "replayed" ? punishAuditors(draft, { audit, work, truth }, context) : []),
  ];
  return [{ kind: "auditSettled", round: audit.round, slot: audit.slot, outcome, account }, ...events];
}

interface Case {
  readonly audit: AuditRecord;
  readonly work: AuditedWork;
}

function punishTrainer(draft: Draft, found: Case & Finding, context: BlockContext): readonly DraftEvent[] {
  const { audit, work, outcome, truth } = found;
  if (outcome !== "wrong" && outcome !== "unavailable") return [];
  const { device, account } = work.slot;
  const before = draft.get("standings", device) ?? NEW_STANDING;
  draft.set("standings", device, {
    ...before,
    failedAudits: Math.min(0xffff, before.failedAudits + 1),
    forfeitedThrough: Math.max(before.forfeitedThrough, draft.cell("training").round),
  });
  if (outcome === "unavailable") return [];
  const finder = audit.auditors.find(({ answer }) => answer !== null && truth !== null && isSameAnswer(answer, truth));
  const share = context.params.get("economics.constants.WHISTLEBLOWER_REWARD_RATE");
  const amount = penaltyFor(draft, work, context);
  const reporter = finder?.account ?? account;
  return slash(draft, { account, amount, reporter, reporterShare: finder === undefined ? 0n : share }, context);
}

/** An answer that says what did not happen. To have found nothing where others found something costs only the fee. */
function punishAuditors(
  draft: Draft,
  { audit, work, truth }: Case & { readonly truth: AuditAnswer },
  context: BlockContext,
): readonly DraftEvent[] {
  const factor = context.params.get("economics.constants.VALIDATOR_SLASH_MULTIPLIER");
  const amount = mulDivDown(penaltyFor(draft, work, context), factor, ONE);
  const isWrong = ({ answer }: Auditor): boolean => answer?.kind === "replayed" && !isSameAnswer(answer, truth);
  return audit.auditors
    .filter(isWrong)
    .flatMap(({ account }) => slash(draft, { account, amount, reporter: account, reporterShare: 0n }, context));
}

function penaltyFor(draft: Draft, { slot }: AuditedWork, { params }: BlockContext): Amount {
  const gain = rewardOf(params, slot.steps, bondedOf(stakesIn(draft, slot.account))).amount;
  return slashAmount(params, gain);
}
