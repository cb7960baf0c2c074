/** Why a slot of a round was paid, or was not: from its work over its audit to the amount, and how to check all of it. */
import type { EventView, RoundView } from "@neuroshard/sdk";

type Round = RoundView["round"];
type Audit = RoundView["audits"][number];
type EventOf<Kind extends string> = Extract<EventView, { readonly kind: Kind }>;

export type Commit = RoundView["commits"][number];

export interface AuditorStory {
  readonly account: string;
  readonly isCommittee: boolean;
  /** What it answered, in a few words. */
  readonly answer: string;
  /** Of the state that it found. */
  readonly digest: string | undefined;
}

export interface AuditStory {
  /** Which part was replayed, counted from 0. */
  readonly segment: number;
  readonly stage: string;
  readonly outcome: string | undefined;
  readonly auditors: readonly AuditorStory[];
}

export interface RewardStory {
  readonly slot: Round["slots"][number];
  readonly commit: Commit | undefined;
  readonly audit: AuditStory | undefined;
  readonly paid: EventOf<"rewarded"> | undefined;
  readonly auditPay: readonly EventOf<"auditRewarded">[];
  readonly isForfeited: boolean;
  /** What came of it so far, in one sentence. */
  readonly sentence: string;
  /** Replays the audited part on any machine; undefined without work. */
  readonly verifyCommand: string | undefined;
}

/** Undefined: the round has no such slot. */
export function rewardStory(view: RoundView, index: number, nodeUrl: string): RewardStory | undefined {
  const slot = view.round.slots[index];
  if (slot === undefined) return undefined;
  const commit = view.commits.find((each) => each.commit.slot === index);
  const record = view.audits.find((each) => each.slot === index);
  const events = view.pay?.events ?? [];
  const paid = events.find((each): each is EventOf<"rewarded"> => each.kind === "rewarded" && each.slot === index);
  const auditPay = events.filter(
    (each): each is EventOf<"auditRewarded"> => each.kind === "auditRewarded" && each.slot === index,
  );
  const isForfeited = events.some((each) => each.kind === "payForfeited" && each.slot === index);
  const audit = record === undefined ? undefined : auditStory(record);
  const segment = record?.segment ?? 0;
  return {
    ...{ slot, commit, audit, paid, auditPay, isForfeited },
    sentence: sentenceOf({ view, commit, audit, isPaid: paid !== undefined, isForfeited }),
    verifyCommand:
      commit === undefined
        ? undefined
        : `neuroshard verify --round ${view.round.number} --slot ${index} --segment ${segment} --network ${nodeUrl}`,
  };
}

interface Facts {
  readonly view: RoundView;
  readonly commit: Commit | undefined;
  readonly audit: AuditStory | undefined;
  readonly isPaid: boolean;
  readonly isForfeited: boolean;
}

function sentenceOf({ view: { round }, commit, audit, isPaid, isForfeited }: Facts): string {
  if (commit === undefined) return "Nothing was handed in for this slot, so there is nothing to pay.";
  if (isForfeited) return "The pay of this slot is forfeited: the device was found to have handed in bad work.";
  if (isPaid && audit?.outcome === "honest")
    return "Paid: auditors replayed a part of the work and found the same bits.";
  if (isPaid)
    return "Paid. Chance did not draw this work for an audit; it could have, and that keeps everybody honest.";
  if (round.phase === "failed") return "The round failed, so its work is not paid.";
  if (round.accounting === "settled") return "The round is settled, and nothing was paid for this slot.";
  if (audit !== undefined && audit.outcome === undefined) return "Not paid yet: its audit is under way.";
  return "Not paid yet: the round is paid when its model is final and its audits are settled.";
}

function auditStory({ segment, stage, outcome, auditors, truth }: Audit): AuditStory {
  return {
    ...{ segment, stage },
    outcome: outcome ?? undefined,
    auditors: auditors.map(({ account, isCommittee, seal, answer }) => ({
      ...{ account, isCommittee },
      answer: answerText(answer, { hasSealed: seal !== null, outcome, truth }),
      digest: answer?.kind === "replayed" ? answer.end : undefined,
    })),
  };
}

type Answer = Audit["auditors"][number]["answer"];
type Settled = Pick<Audit, "outcome" | "truth"> & { readonly hasSealed: boolean };

function answerText(answer: Answer, { hasSealed, outcome, truth }: Settled): string {
  if (answer === null) return hasSealed ? "sealed its answer, not shown yet" : "has not answered";
  if (answer.kind === "unavailable") return "could not get the data";
  if (truth?.kind !== "replayed") return "replayed it";
  const isRight = answer.end === truth.end;
  if (outcome === "honest") return isRight ? "found the bits that were committed to" : "found other bits, wrongly";
  return isRight ? "found other bits than were committed to" : "found something else";
}
