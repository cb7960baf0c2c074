/**
 * Pay of a round, when its audits are over: slots whose work was confirmed or not drawn, and auditors who answered rightly,
 * within what a round may mint. One round a block, and a round has at most MAX_SLOTS slots: the work of a block is bounded.
 * Spec: spec/rewards.md#P2.
 */
import { lapseAudits } from "../audits/lapseAudits.ts";
import { partSteps } from "../audits/partSteps.ts";
import { mulDivDown } from "../numbers/decimal.ts";
import { roundKey, setRound, slotKey } from "../rounds/roundOf.ts";
import { NEW_STANDING, type RoundRecord, type RoundSlot } from "../rounds/roundRecord.ts";
import { bondedOf, stakesIn } from "../staking/stakes.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import type { AccountId, Amount, DeviceKey } from "../types/identifiers.ts";
import { pay, releaseExcess } from "./bond.ts";
import { auditFeeOf, type Reward, rewardOf } from "./rewardOf.ts";
import { neededCollateral } from "./slashAmount.ts";

export function payRounds(draft: Draft, context: BlockContext): readonly DraftEvent[] {
  const { height, params } = context;
  const training = draft.cell("training");
  const number = training.open[0];
  const round = number === undefined ? undefined : draft.get("rounds", roundKey(number));
  if (number === undefined || round === undefined) return [];
  if (height < round.endedAt + params.get("training.audit.AUDIT_WINDOW")) return [];
  const lapsed = lapseAudits(draft, round, context);
  draft.setCell("training", { ...training, open: training.open.slice(1) });
  setRound(draft, { ...round, openAudits: [], accounting: "settled" });
  return [...lapsed, ...payRound(draft, round, context)];
}

/** Something that is due, before the cap. */
type Due =
  | { readonly kind: "slot"; readonly slot: number; readonly account: AccountId; readonly reward: Reward }
  | {
      readonly kind: "audit";
      readonly slot: number;
      readonly account: AccountId;
      readonly amount: Amount;
      readonly device: DeviceKey;
    };

function payRound(draft: Draft, round: RoundRecord, context: BlockContext): readonly DraftEvent[] {
  const { params } = context;
  const included = [...round.slots.entries()].filter(([, { inclusion }]) => inclusion === "included");
  const forfeited = included.filter(([slot, { device }]) => !isEarned(draft, round, slot, device));
  const dues = [
    ...included
      .filter((entry) => !forfeited.includes(entry))
      .map(([slot, entry]) => slotDue(draft, slot, entry, context)),
    ...included.flatMap(([slot]) => auditDues(draft, round, slot, context)),
  ];
  const total = dues.reduce((sum, due) => sum + amountOf(due), 0n);
  const cap = params.get("economics.emission.MAX_MINT_PER_ROUND");
  const scaled = (amount: Amount): Amount => (total > cap ? mulDivDown(amount, cap, total) : amount);
  return [
    ...forfeited.map(
      ([slot, { account }]): DraftEvent => ({ kind: "payForfeited", round: round.number, slot, account }),
    ),
    ...dues.flatMap((due) => settle(draft, round, { due, amount: scaled(amountOf(due)) }, context)),
  ];
}

function amountOf(due: Due): Amount {
  return due.kind === "slot" ? due.reward.amount : due.amount;
}

function isEarned(draft: Draft, { number }: RoundRecord, slot: number, device: DeviceKey): boolean {
  const outcome = draft.get("audits", slotKey(number, slot))?.outcome ?? "honest";
  const forfeitedThrough = draft.get("standings", device)?.forfeitedThrough ?? 0;
  return (outcome === "honest" || outcome === "lapsed") && number > forfeitedThrough;
}

function slotDue(draft: Draft, slot: number, { account, steps }: RoundSlot, { params }: BlockContext): Due {
  return { kind: "slot", slot, account, reward: rewardOf(params, steps, bondedOf(stakesIn(draft, account))) };
}

function auditDues(draft: Draft, round: RoundRecord, slot: number, { params }: BlockContext): Due[] {
  const audit = draft.get("audits", slotKey(round.number, slot));
  const record = draft.get("commits", slotKey(round.number, slot));
  if (audit === undefined || record === undefined || audit.truth?.kind !== "replayed") return [];
  const { truth } = audit;
  const amount = auditFeeOf(params, partSteps(params, record.commit, audit.segment));
  return audit.auditors.flatMap(({ account, answer, device }): Due[] => {
    const isRight = answer?.kind === "replayed" && answer.end === truth.end && answer.interior === truth.interior;
    return isRight && device !== null ? [{ kind: "audit", slot, account, amount, device }] : [];
  });
}

function settle(
  draft: Draft,
  round: RoundRecord,
  { due, amount }: { readonly due: Due; readonly amount: Amount },
  { params }: BlockContext,
): readonly DraftEvent[] {
  const { account, slot } = due;
  const needed = neededCollateral(params, due.kind === "slot" ? due.reward.amount : 0n);
  const released = due.kind === "slot" ? releaseExcess(draft, account, needed) : [];
  const held = pay(draft, account, amount, needed);
  if (due.kind === "audit") {
    verify(draft, due.device, round.number);
    return [{ kind: "auditRewarded", round: round.number, slot, account, amount, held }];
  }
  const { device, steps: units, commit } = round.slots[slot]!;
  if (commit === null) throw new Error(`internal: slot ${slot} of round ${round.number} is paid without a commit`);
  verify(draft, device, round.number);
  const { rate, multiplier } = due.reward;
  const audit = draft.get("audits", slotKey(round.number, slot));
  const audits = audit?.outcome === "honest" ? audit.auditors.filter(({ answer }) => answer !== null).length : 0;
  const paid: DraftEvent = {
    ...{ kind: "rewarded", round: round.number, slot, device, account, units },
    ...{ rate, multiplier, amount, held, commit, audits },
  };
  return [...released, paid];
}

function verify(draft: Draft, device: DeviceKey, round: number): void {
  const before = draft.get("standings", device) ?? NEW_STANDING;
  draft.set("standings", device, { ...before, verifiedRound: Math.max(before.verifiedRound, round) });
}
