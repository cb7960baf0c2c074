/**
 * Which work is audited: by the beacon of a block that came at least two after the commits were complete, so that nobody
 * knew when he committed. The lot names a segment; the compression step is replayed in every audit. Devices without cover, and those that failed before, are looked at more often. Spec: spec/audits.md#A1.
 */
import { drawBelow, drawChance } from "../numbers/drawLot.ts";
import { larger } from "../numbers/larger.ts";
import { isCovered } from "../rewards/bond.ts";
import { NO_COVER, neededCover } from "../rewards/neededCover.ts";
import { roundKey, setRound } from "../rounds/roundOf.ts";
import type { RoundRecord, RoundSlot } from "../rounds/roundRecord.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import { setAudit, workOf } from "./auditOf.ts";
import type { AuditRecord } from "./auditRecord.ts";
import { stageDeadline } from "./auditTimes.ts";
import { drawAuditor } from "./drawAuditor.ts";
import { newAuditor } from "./newAuditor.ts";
import { isUnredeemed, noteVerified } from "./standings.ts";
import { interiorStepsOf } from "./stepsOfSegment.ts";

const BLOCKS_BEFORE_DRAW = 2;

/** Draws the audits of every finished round for which it is time. */
export function drawAudits(draft: Draft, context: BlockContext): readonly DraftEvent[] {
  const { open } = draft.cell("training");
  return open.flatMap((number) => {
    const round = draft.get("rounds", roundKey(number));
    return round !== undefined && isDue(round, context) ? drawRound(draft, round, context) : [];
  });
}

/** Whoever completed the round knew the beacon of that block, and could have waited for a better one. */
function isDue({ accounting, closedAt, endedAt }: RoundRecord, { height }: BlockContext): boolean {
  return accounting === "draw" && height >= closedAt + BLOCKS_BEFORE_DRAW && height > endedAt;
}

function drawRound(draft: Draft, round: RoundRecord, context: BlockContext): readonly DraftEvent[] {
  const { number } = round;
  const needed = neededCover(draft, round, context);
  const audits = [...round.slots.entries()].flatMap(([index, slot]) => {
    if (slot.inclusion !== "included") return [];
    const cover = needed.get(slot.account) ?? NO_COVER;
    const audit = drawAudit(draft, { round, slot, index, isOpen: !isCovered(draft, slot.account, cover) }, context);
    // Nobody looks at it any more: it counts as what it says it is.
    if (audit === undefined) noteVerified(draft, slot.device, number);
    return audit ?? [];
  });
  for (const audit of audits) setAudit(draft, audit);
  setRound(draft, { ...round, accounting: "window", openAudits: audits.map(({ slot }) => slot) });
  return audits.map(
    ({ slot, segment, auditors }): DraftEvent => ({
      ...{ kind: "auditDrawn", round: number, slot, segment, auditor: auditors[0]!.account },
    }),
  );
}

interface Place {
  readonly round: RoundRecord;
  readonly slot: RoundSlot;
  readonly index: number;
  /** Whether the account has too little at stake for its work in the round. */
  readonly isOpen: boolean;
}

/** Undefined where the lot did not fall on it, and where nobody is there who could look. */
function drawAudit(draft: Draft, place: Place, context: BlockContext): AuditRecord | undefined {
  const { round, slot, index } = place;
  const { beacon } = draft.cell("head");
  const label = (purpose: string): string => `${round.number}/${index}/${purpose}`;
  const probability = auditProbability(draft, place, context);
  if (!drawChance(beacon, label("audit"), probability)) return undefined;
  const account = drawAuditor(round, { beacon, label: label("primary"), excluded: [slot.account] });
  if (account === undefined) return undefined;
  const { commit, rules } = workOf(draft, { round: round.number, slot: index });
  const segment = Number(drawBelow(beacon, label("segment"), BigInt(commit.segments.length)));
  const steps = BigInt(interiorStepsOf(rules, commit, segment));
  return {
    ...{ round: round.number, slot: index, segment, stage: "seal", draws: 1, probability },
    ...{ answeredAt: 0, hasSecondDraw: false, isStepRedrawn: false },
    interiorStep: 1 + Number(drawBelow(beacon, label("interior"), steps)),
    deadline: stageDeadline(context),
    auditors: [newAuditor(account, false)],
    ...{ outcome: null, truth: null },
  };
}

function auditProbability(draft: Draft, { slot, isOpen }: Place, { params }: BlockContext): bigint {
  const usual = params.get("training.audit.AUDIT_PROBABILITY");
  const hasFailed = (draft.get("standings", slot.device)?.failedAudits ?? 0) > 0;
  const suspected = hasFailed ? params.get("training.audit.FAILED_AUDIT_PROBABILITY") : usual;
  const isWatched = isOpen || isUnredeemed(draft, slot.device);
  return larger(suspected, isWatched ? params.get("training.audit.UNBONDED_AUDIT_PROBABILITY") : usual);
}
