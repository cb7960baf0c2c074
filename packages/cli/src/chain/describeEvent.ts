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
};

export function describeEvent(event: EventView): string {
  const describe = DESCRIPTIONS[event.kind] as (event: EventView) => string;
  return describe(event);
}
