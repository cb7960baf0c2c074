/**
 * Which work is audited: by the beacon of a block that came at least two after the commits were complete, so that nobody
 * knew when he committed. Devices without cover, and those that failed before, are looked at more often. Spec: spec/audits.md#A1.
 */
import { drawBelow, drawChance } from "../numbers/drawLot.ts";
import { larger } from "../numbers/larger.ts";
import { collateralOf } from "../rewards/bond.ts";
import { rewardOf } from "../rewards/rewardOf.ts";
import { neededCollateral } from "../rewards/slashAmount.ts";
import { roundKey, setRound, slotKey } from "../rounds/roundOf.ts";
import type { RoundRecord, RoundSlot } from "../rounds/roundRecord.ts";
import { bondedOf, stakesIn } from "../staking/stakes.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import { setAudit } from "./auditOf.ts";
import type { AuditRecord } from "./auditRecord.ts";
import { drawAuditor } from "./drawAuditor.ts";
import { partSteps } from "./partSteps.ts";

const BLOCKS_BEFORE_DRAW = 2;

/** Draws the audits of every finished round for which it is time. */
export function drawAudits(draft: Draft, context: BlockContext): readonly DraftEvent[] {
  const { open } = draft.cell("training");
  return open.flatMap((number) => {
    const round = draft.get("rounds", roundKey(number));
    if (round?.accounting !== "draw" || context.height < round.closedAt + BLOCKS_BEFORE_DRAW) return [];
    const audits = round.slots.flatMap((slot, index) => drawAudit(draft, { round, slot, index }, context) ?? []);
    for (const audit of audits) setAudit(draft, audit);
    setRound(draft, { ...round, accounting: "window", openAudits: audits.map(({ slot }) => slot) });
    return audits.map(
      ({ round: drawn, slot, segment, auditors }): DraftEvent => ({
        ...{ kind: "auditDrawn", round: drawn, slot, segment, auditor: auditors[0]!.account },
      }),
    );
  });
}

interface Place {
  readonly round: RoundRecord;
  readonly slot: RoundSlot;
  readonly index: number;
}

function drawAudit(draft: Draft, place: Place, context: BlockContext): AuditRecord | undefined {
  const { round, slot, index } = place;
  const { params, height } = context;
  const { beacon } = draft.cell("head");
  const label = (purpose: string): string => `${round.number}/${index}/${purpose}`;
  if (slot.inclusion !== "included") return undefined;
  if (!drawChance(beacon, label("audit"), auditProbability(draft, slot, context))) return undefined;
  const account = drawAuditor(round, { beacon, label: label("primary"), excluded: [slot.account] });
  const record = draft.get("commits", slotKey(round.number, index));
  if (account === undefined || record === undefined) return undefined;
  const parts = record.commit.segments.length + 1;
  const segment = Number(drawBelow(beacon, label("segment"), BigInt(parts)));
  // Never the last step where there is another: the state after that one is committed.
  const interiorSteps = Math.max(1, partSteps(params, record.commit, segment) - 1);
  return {
    ...{ round: round.number, slot: index, segment, stage: "seal", draws: 1, sealedAt: 0, hasSecondDraw: false },
    interiorStep: 1 + Number(drawBelow(beacon, label("interior"), BigInt(interiorSteps))),
    deadline: height + params.get("training.audit.AUDIT_TIMEOUT"),
    auditors: [{ account, isCommittee: false, device: null, seal: null, answer: null }],
    ...{ outcome: null, truth: null },
  };
}

function auditProbability(draft: Draft, { device, account, steps }: RoundSlot, { params }: BlockContext): bigint {
  const usual = params.get("training.audit.AUDIT_PROBABILITY");
  const hasFailed = (draft.get("standings", device)?.failedAudits ?? 0) > 0;
  const suspected = hasFailed ? params.get("training.audit.FAILED_AUDIT_PROBABILITY") : usual;
  const gain = rewardOf(params, steps, bondedOf(stakesIn(draft, account))).amount;
  const isCovered = collateralOf(draft, account) >= neededCollateral(params, gain);
  const uncovered = isCovered ? usual : params.get("training.audit.UNBONDED_AUDIT_PROBABILITY");
  return larger(suspected, uncovered);
}
