/**
 * An audit ends. Wrong work is slashed, half of it for who found it; a wrong answer costs more, and all of it is burned.
 * Work that nobody could replay costs what the trainer has not been paid yet and what it is held for, but no stake: a machine
 * that died is no fraud. Spec: spec/audits.md#A6.
 */
import { moveSupply } from "../ledger/supply.ts";
import { mulDivDown, ONE } from "../numbers/decimal.ts";
import { takeBond } from "../rewards/bond.ts";
import { rewardOf } from "../rewards/rewardOf.ts";
import { gainOver, slashAmount } from "../rewards/slashAmount.ts";
import { slash } from "../staking/slash.ts";
import { bondedOf, stakesIn } from "../staking/stakes.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import type { AccountId, Amount } from "../types/identifiers.ts";
import { type AuditedWork, closeAudit, setAudit, workOf } from "./auditOf.ts";
import type { AuditRecord } from "./auditRecord.ts";
import { isRight } from "./isRight.ts";
import { noteFailed, noteVerified } from "./standings.ts";

type Finding = Pick<AuditRecord, "outcome" | "truth">;

export function settleAudit(
  draft: Draft,
  audit: AuditRecord,
  finding: Finding,
  context: BlockContext,
): readonly DraftEvent[] {
  const settled: AuditRecord = { ...audit, ...finding, stage: "settled" };
  setAudit(draft, settled);
  closeAudit(draft, audit);
  const work = workOf(draft, audit);
  const { round, slot, outcome } = settled;
  const { account } = work.slot;
  const gain = rewardOf(context.params, work.slot.steps, bondedOf(stakesIn(draft, account))).amount;
  const event: DraftEvent = { kind: "auditSettled", round, slot, outcome: outcome ?? "lapsed", account };
  const events = [event, ...judgeTrainer(draft, { audit: settled, work, gain }, context)];
  return [...events, ...judgeAuditors(draft, { audit: settled, work, gain }, context)];
}

interface Case {
  readonly audit: AuditRecord;
  readonly work: AuditedWork;
  /** What the work would have been paid. */
  readonly gain: Amount;
}

function judgeTrainer(draft: Draft, judged: Case, context: BlockContext): readonly DraftEvent[] {
  const { audit, work, gain } = judged;
  const { device, account } = work.slot;
  if (audit.outcome === "honest") noteVerified(draft, device, audit.round);
  if (audit.outcome !== "wrong" && audit.outcome !== "unavailable") return [];
  noteFailed(draft, device);
  const { params } = context;
  if (audit.outcome === "unavailable") return burnHeld(draft, account, gainOver(params, gain, audit.probability));
  const finder = audit.auditors.find((auditor) => !auditor.isCommittee && isRight(audit, auditor));
  const share = finder === undefined ? 0n : params.get("economics.constants.WHISTLEBLOWER_REWARD_RATE");
  const reporter = finder?.account ?? account;
  return slash(draft, { account, amount: slashAmount(params, gain), reporter, reporterShare: share }, context);
}

function burnHeld(draft: Draft, account: AccountId, most: Amount): readonly DraftEvent[] {
  const amount = takeBond(draft, account, most);
  moveSupply(draft, "spendable", "burned", amount);
  return amount === 0n ? [] : [{ kind: "burned", account, amount }];
}

/**
 * Who says what did not happen is slashed. To have found nothing where others found something costs only the fee: a trainer
 * can serve one and not another. Who sealed and did not show what loses his pay, or he could answer unseen.
 */
function judgeAuditors(draft: Draft, { audit, gain }: Case, context: BlockContext): readonly DraftEvent[] {
  const { params } = context;
  const factor = params.get("economics.constants.VALIDATOR_SLASH_MULTIPLIER");
  const amount = mulDivDown(slashAmount(params, gain), factor, ONE);
  return audit.auditors.flatMap((auditor): readonly DraftEvent[] => {
    const { account, device, answer } = auditor;
    if (device === null) return [];
    if (isRight(audit, auditor)) noteVerified(draft, device, audit.round);
    const isWrong = answer?.kind === "replayed" && audit.truth?.kind === "replayed" && !isRight(audit, auditor);
    if (answer === null || isWrong) noteFailed(draft, device);
    return isWrong ? slash(draft, { account, amount, reporter: account, reporterShare: 0n }, context) : [];
  });
}
