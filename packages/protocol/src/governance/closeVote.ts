/** The end of a vote: the tally decides, fee and deposit go where the outcome sends them. spec/governance.md#G4, #G7 */
import { formatDecimal, mulDivDown, ONE } from "../numbers/decimal.ts";
import { larger, smaller } from "../numbers/larger.ts";
import type { Params } from "../params/params.ts";
import { paramsInDraft } from "../params/paramsOfState.ts";
import { totalPowerAt } from "../staking/power.ts";
import type { Draft } from "../state/draft.ts";
import type { DraftEvent } from "../transition/events.ts";
import type { Amount, Digest } from "../types/identifiers.ts";
import { type Moment, startCooldown } from "./cooldown.ts";
import { enterStage, type Nep, nepOrFail } from "./openNeps.ts";
import { reaches } from "./reaches.ts";
import { burnDeposit, burnFee, releaseDeposit, returnFee, rewardProposer } from "./settleMoney.ts";
import { verdictOf, votesCast } from "./tally.ts";

export function closeVote(draft: Draft, open: Nep, height: number): readonly DraftEvent[] {
  const { nepId } = open;
  const total = totalPowerAt(draft, open.record.snapshotAt);
  // Kept, because the snapshot is forgotten when nobody needs it any more.
  const record = { ...open.record, totalPower: total };
  const nep = { nepId, record };
  const verdict = verdictOf(record.tally, total, record.rules);
  const params = paramsInDraft(draft, height);
  switch (verdict) {
    case "approved":
      return approve(draft, nep, { height, params, total });
    case "rejected":
      return [
        ...refuse(draft, nep, { height, params, code: "REJECTED", detail: shares(nep) }),
        returnFee(draft, nepId),
        ...rewardProposer(draft, nep, honestReward(nep, params, total)),
      ];
    case "vetoed":
      return [
        ...refuse(draft, nep, { height, params, code: "VETOED", detail: shares(nep) }),
        burnFee(draft, nepId),
        ...burnDeposit(draft, record, { height, params }),
      ];
    case "no quorum": {
      const detail = `${formatDecimal(votesCast(record.tally))} of ${formatDecimal(total)} NEURO voted`;
      return [...refuse(draft, nep, { height, params, code: "NO_QUORUM", detail }), burnFee(draft, nepId)];
    }
    default:
      return verdict satisfies never;
  }
}

function approve(draft: Draft, nep: Nep, { height, params, total }: Moment & { readonly total: Amount }): DraftEvent[] {
  const { record, nepId } = nep;
  const { rules, votingEndsAt, activationDelayBlocks } = record;
  const isUrgent = rules.track === "emergency";
  const lockInAt = Math.max(height, votingEndsAt + rules.timelockBlocks);
  const delay = isUrgent ? 0 : Math.max(rules.graceBlocks, activationDelayBlocks);
  const activateAt = Math.max(lockInAt, votingEndsAt + delay, height);
  releaseDeposit(draft, record);
  // Now and not at activation: the time that an emergency change may last must cover a vote, not the wait after it.
  const ratified = record.ratifies === null ? [] : ratify(draft, record.ratifies);
  const passed = { kind: "passed", lockInAt, activateAt, isLockedIn: false, isPostponed: false } as const;
  const event = enterStage(draft, nep, passed, { height, detail: shares(nep) });
  return [
    event,
    ...ratified,
    returnFee(draft, nepId),
    ...rewardProposer(draft, nep, approvalReward(nep, params, total)),
  ];
}

interface Refusal extends Moment {
  readonly code: string;
  readonly detail: string;
}

function refuse(draft: Draft, nep: Nep, { height, params, code, detail }: Refusal): DraftEvent[] {
  startCooldown(draft, nep, { height, params });
  releaseDeposit(draft, nep.record);
  const ended = { kind: "ended", as: "rejected", at: height, reason: { code, detail } } as const;
  return [enterStage(draft, nep, ended, { height, detail: `${code}: ${detail}` })];
}

function shares({ record: { tally } }: Nep): string {
  const { yes, no, abstain, veto } = tally;
  return `yes ${formatDecimal(yes)}, no ${formatDecimal(no)}, abstain ${formatDecimal(abstain)}, veto ${formatDecimal(veto)}`;
}

/** Nobody is paid for votes of his own: without a quorum of others there is no reward. */
function isOthersQuorum({ record }: Nep, total: Amount): boolean {
  return reaches(record.tally.others, total, record.rules.quorum);
}

function approvalReward(nep: Nep, params: Params, total: Amount): Amount {
  if (!isOthersQuorum(nep, total)) return 0n;
  const rate = params.get("governance.registry.PROPOSER_REWARD_RATE_APPROVED");
  const reward = larger(
    mulDivDown(nep.record.tally.others, rate, ONE),
    params.get("governance.registry.PROPOSER_REWARD_MIN"),
  );
  return smaller(reward, params.get("governance.registry.PROPOSER_REWARD_MAX"));
}

function honestReward(nep: Nep, params: Params, total: Amount): Amount {
  if (!isOthersQuorum(nep, total)) return 0n;
  const rate = params.get("governance.registry.PROPOSER_REWARD_RATE_QUORUM");
  const reward = mulDivDown(nep.record.tally.others, rate, ONE);
  return smaller(reward, params.get("governance.registry.PROPOSER_REWARD_MAX_QUORUM"));
}

/** The emergency change stays for good. It may have been taken back while the vote ran: then there is nothing to ratify. */
function ratify(draft: Draft, nepId: Digest): DraftEvent[] {
  const nep = nepOrFail(draft, nepId);
  const { stage } = nep.record;
  if (stage.kind !== "active") return [];
  return [enterStage(draft, nep, { ...stage, expiresAt: null }, { height: stage.at, detail: "ratified" })];
}
