/**
 * Pay of a round, when its audits are over: slots whose work was confirmed or not drawn, and auditors who answered rightly,
 * within what a round may mint. One round a block, and a round has at most MAX_SLOTS slots: the work of a block is bounded.
 * Spec: spec/rewards.md#P2.
 */

import { workOf } from "../audits/auditOf.ts";
import { windowEnd } from "../audits/auditTimes.ts";
import { isRight } from "../audits/isRight.ts";
import { isForfeited } from "../audits/standings.ts";
import { stepsOfSegment } from "../audits/stepsOfSegment.ts";
import { deviceCountOf } from "../devices/deviceCount.ts";
import { mulDivDown } from "../numbers/decimal.ts";
import { roundKey, setRound, slotKey } from "../rounds/roundOf.ts";
import type { RoundRecord, RoundSlot } from "../rounds/roundRecord.ts";
import { bondedOf, stakesIn } from "../staking/stakes.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import type { AccountId, Amount } from "../types/identifiers.ts";
import { pay, releaseBond, releaseExcess } from "./bond.ts";
import { neededCover } from "./neededCover.ts";
import { auditFeeOf, type Reward, rewardOf } from "./rewardOf.ts";
import { type Cover, coverOf } from "./slashAmount.ts";

export function payRounds(draft: Draft, context: BlockContext): readonly DraftEvent[] {
  const training = draft.cell("training");
  const number = training.open[0];
  if (number === undefined) return [];
  const round = draft.get("rounds", roundKey(number));
  if (round === undefined) throw new Error(`internal: round ${number} is to be paid and is gone`);
  const isDue = round.accounting === "window" && context.height >= windowEnd(round, context);
  // A dispute goes on to its end: it takes a few stages more at most.
  if (!isDue || round.openAudits.length > 0) return [];
  draft.setCell("training", { ...training, open: training.open.slice(1) });
  setRound(draft, { ...round, accounting: "settled" });
  return payRound(draft, round, context);
}

/** Something that is due, before the caps. */
interface DueWages {
  readonly slot: number;
  readonly account: AccountId;
  readonly amount: Amount;
}

type Due =
  | (DueWages & { readonly kind: "slot"; readonly reward: Reward; readonly work: RoundSlot })
  | (DueWages & { readonly kind: "audit" });

function payRound(draft: Draft, round: RoundRecord, context: BlockContext): readonly DraftEvent[] {
  const { params } = context;
  const included = [...round.slots.entries()].filter(([, { inclusion }]) => inclusion === "included");
  const [earned, forfeited] = [true, false].map((is) =>
    included.filter(([slot, { device }]) => isEarned(draft, round.number, slot, device) === is),
  ) as [typeof included, typeof included];
  const dues: readonly Due[] = [
    ...earned.map(([slot, work]) => slotDue(draft, slot, work, context)),
    ...included.flatMap(([slot]) => auditDues(draft, round.number, slot, context)),
  ];
  const total = dues.reduce((sum, { amount }) => sum + amount, 0n);
  const cap = params.get("economics.emission.MAX_MINT_PER_ROUND");
  const scaled = total > cap ? dues.map((due) => ({ ...due, amount: mulDivDown(due.amount, cap, total) })) : dues;
  const needed = neededCover(draft, round, context);
  return [
    ...forfeited.map(
      ([slot, { account }]): DraftEvent => ({ kind: "payForfeited", round: round.number, slot, account }),
    ),
    ...release(draft, needed),
    ...scaled.map((due) => settle(draft, round.number, { due, needed: needed.get(due.account) }, context)),
    ...letGo(draft, dues, context),
  ];
}

/** Who has retired meanwhile does not fill a bond any more: what was held of this pay leaves like the rest has. */
function letGo(draft: Draft, dues: readonly Due[], context: BlockContext): readonly DraftEvent[] {
  const retired = dues.map(({ account }) => account).filter((account) => deviceCountOf(draft, account) === 0);
  return [...new Set(retired)].flatMap((account) => releaseBond(draft, account, context));
}

function isEarned(draft: Draft, round: number, slot: number, device: RoundSlot["device"]): boolean {
  const outcome = draft.get("audits", slotKey(round, slot))?.outcome ?? "honest";
  return (outcome === "honest" || outcome === "lapsed") && !isForfeited(draft, device, round);
}

function slotDue(draft: Draft, slot: number, work: RoundSlot, { params }: BlockContext): Due {
  const { account, steps } = work;
  const reward = rewardOf(params, steps, bondedOf(stakesIn(draft, account)));
  return { kind: "slot", slot, account, amount: reward.amount, reward, work };
}

/** Of all who replayed and found what the audit found. */
function auditDues(draft: Draft, number: number, slot: number, { params }: BlockContext): readonly Due[] {
  const audit = draft.get("audits", slotKey(number, slot));
  if (audit?.truth?.kind !== "replayed") return [];
  const { commit, rules } = workOf(draft, audit);
  const amount = auditFeeOf(params, stepsOfSegment(rules, commit, audit.segment), rules);
  return audit.auditors
    .filter((auditor) => isRight(audit, auditor))
    .filter(({ device }) => device !== null && !isForfeited(draft, device, number))
    .map(({ account }) => ({ kind: "audit", slot, account, amount }));
}

/** Nothing is given back while work of the account is still to be audited: that work was drawn with this cover. */
function release(draft: Draft, needed: ReadonlyMap<AccountId, Cover>): readonly DraftEvent[] {
  const busy = new Set(
    draft.cell("training").open.flatMap((number) => {
      const { accounting, openAudits, slots } = draft.get("rounds", roundKey(number))!;
      const audited = accounting === "draw" ? slots : openAudits.map((slot) => slots[slot]!);
      return audited.map(({ account }) => account);
    }),
  );
  return [...needed].flatMap(([account, cover]) => (busy.has(account) ? [] : releaseExcess(draft, account, cover)));
}

interface Settled {
  readonly due: Due;
  /** By the account's own work in the round; undefined where it has none. */
  readonly needed: Cover | undefined;
}

function settle(draft: Draft, round: number, { due, needed: ofWork }: Settled, context: BlockContext): DraftEvent {
  const { account, slot } = due;
  // Who audits can be slashed too, also without work of his own.
  const needed = ofWork ?? coverOf(context.params, 0n);
  const { amount, held } = pay(draft, { account, amount: due.amount, needed }, context);
  if (due.kind === "audit") return { kind: "auditRewarded", round, slot, account, amount, held };
  const { device, steps: units, commit } = due.work;
  if (commit === null) throw new Error(`internal: slot ${slot} of round ${round} is paid without a commit`);
  const { rate, multiplier } = due.reward;
  const audit = draft.get("audits", slotKey(round, slot));
  const audits = audit?.outcome === "honest" ? audit.auditors.filter((each) => isRight(audit, each)).length : 0;
  return {
    ...{ kind: "rewarded", round, slot, device, account, units },
    ...{ rate, multiplier, amount, held, commit, audits },
  };
}
