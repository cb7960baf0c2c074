/** What happened on the chain, in words: one sentence without a full stop for each event. */
import type { EventView } from "@neuroshard/sdk";
import { formatNeuro } from "../terminal/formatNeuro.ts";
import { formatCount } from "../terminal/formatQuantity.ts";
import { formatLabel } from "./formatLabel.ts";
import { describeSplit } from "./voteSplit.ts";

type EventKind = EventView["kind"];
type EventOf<K extends EventKind> = Extract<EventView, { readonly kind: K }>;

const DESCRIPTIONS: { readonly [K in EventKind]: (event: EventOf<K>) => string } = {
  transferred: ({ from, to, amount, burned }) =>
    `${from} sent ${formatNeuro(amount)} to ${to}, and ${formatNeuro(burned)} burned`,
  burned: ({ account, amount }) => `${account} burned ${formatNeuro(amount)}`,
  feePaid: ({ account, amount }) => `${account} paid a fee of ${formatNeuro(amount)}`,
  staked: ({ account, amount, lockedUntil }) =>
    `${account} staked ${formatNeuro(amount)}, locked until block ${formatCount(lockedUntil)}`,
  unstaked: ({ account, amount, releaseAt }) =>
    `${account} unstaked ${formatNeuro(amount)}, spendable from block ${formatCount(releaseAt)}`,
  delegated: ({ account, to }) => `${account} lets ${to} vote with its stake`,
  undelegated: ({ account, from }) => `${account} took its voting power back from ${from}`,
  deviceRegistered: ({ account, device }) => `${account} registered device ${device}`,
  deviceRetired: ({ account, device }) => `${account} retired device ${device}`,
  validatorJoined: ({ account }) => `${account} became a validator`,
  validatorLeft: ({ account }) => `${account} is no validator any more`,
  slashed: ({ account, amount, burned, reporter, rewarded }) =>
    `${account} lost ${formatNeuro(amount)} of its stake: ${formatNeuro(burned)} burned, ${formatNeuro(rewarded)} to ${reporter}`,
  nepSubmitted: ({ nepId, label, author }) => `${author} submitted ${formatLabel(label)} with id ${nepId}`,
  nepReplaced: ({ nepId, by }) => `the text ${nepId} was replaced by ${by}`,
  nepStatus: ({ label, status, detail }) => `${formatLabel(label)} is ${status}${detail === "" ? "" : ` (${detail})`}`,
  nepCommented: ({ nepId, account, comment }) => `${account} commented on ${nepId} with text ${comment}`,
  voted: ({ nepId, voter, split, power }) =>
    `${voter} voted ${describeSplit(split)} on ${nepId} with ${formatNeuro(power)}`,
  ballotSkipped: ({ voter, code }) => `the ballot of ${voter} was not counted (${code})`,
  signalled: ({ nepId, account, purpose, power }) =>
    purpose === "ready"
      ? `${account} is ready for ${nepId} with ${formatNeuro(power)}`
      : `${account} asks to take ${nepId} back with ${formatNeuro(power)}`,
  votingExtended: ({ nepId, votingEndsAt }) =>
    `the vote on ${nepId} goes on until block ${formatCount(votingEndsAt)}, as the quorum came late`,
  activationPostponed: ({ nepId, activateAt }) =>
    `${nepId} was postponed to block ${formatCount(activateAt)}, as too few are ready`,
  parameterChanged: ({ key, from, to }) => `${key} went from ${from} to ${to}`,
  escrowReturned: ({ account, amount }) => `${account} got its proposal fee of ${formatNeuro(amount)} back`,
  escrowBurned: ({ account, amount }) => `the proposal fee of ${account}, ${formatNeuro(amount)}, was burned`,
  proposerRewarded: ({ account, amount }) => `${account} earned ${formatNeuro(amount)} for the proposal`,
  roundOpened: ({ round, slots }) => `round ${formatCount(round)} opened with ${formatCount(slots)} trainers`,
  roundPhase: ({ round, phase, deadline }) =>
    `round ${formatCount(round)} is in phase ${phase} until block ${formatCount(deadline)} at the latest`,
  workCommitted: ({ round, slot, account }) =>
    `${account} committed its work in slot ${slot} of round ${formatCount(round)}`,
  roundDone: ({ round, model, validationLoss, included }) =>
    `round ${formatCount(round)} made model ${model.weights.slice(0, 16)} of ${formatCount(included)} contributions${
      validationLoss === null ? "" : `, validation loss ${formatLoss(validationLoss)}`
    }`,
  roundFailed: ({ round, reason }) => `round ${formatCount(round)} came to nothing (${reason})`,
  auditDrawn: ({ round, slot, segment, auditor }) =>
    `${auditor} is to replay part ${segment} of slot ${slot} of round ${formatCount(round)}`,
  auditSettled: ({ round, slot, outcome, account }) =>
    `the audit of ${account} in slot ${slot} of round ${formatCount(round)} ended: ${outcome}`,
  rewarded: ({ round, slot, account, units, amount, held, audits }) =>
    `${account} earned ${formatNeuro(amount)} for ${formatCount(units)} steps in slot ${slot} of round ${formatCount(round)}, ` +
    `${audits === 0 ? "not drawn for an audit" : `confirmed by ${audits} auditors`}${describeHeld(held)}`,
  auditRewarded: ({ round, slot, account, amount, held }) =>
    `${account} earned ${formatNeuro(amount)} for auditing slot ${slot} of round ${formatCount(round)}${describeHeld(held)}`,
  uptimeRewarded: ({ account, amount, epoch, held }) =>
    `${account} earned ${formatNeuro(amount)} for being online in epoch ${formatCount(epoch)}${describeHeld(held)}`,
  bondReleased: ({ account, amount }) => `${account} got ${formatNeuro(amount)} of held pay`,
  payForfeited: ({ round, slot, account }) => `${account} is not paid for slot ${slot} of round ${formatCount(round)}`,
};

function describeHeld(held: string): string {
  return held === "0" ? "" : `, ${formatNeuro(held)} of it held`;
}

const MILLIONTHS = 1e6;

function formatLoss(millionths: number): string {
  return (millionths / MILLIONTHS).toFixed(4);
}

export function describeEvent(event: EventView): string {
  const describe = DESCRIPTIONS[event.kind] as (event: EventView) => string;
  return describe(event);
}
