/** What happened, for wallets, explorers and tests. Part of the receipts, so light clients can prove it. */

import { AUDIT_OUTCOMES } from "../audits/auditRecord.ts";
import type { ValueOf } from "../codec/codec.ts";
import { list, optional, struct, union } from "../codec/composites.ts";
import { choice, count, text, u16, u32 } from "../codec/primitives.ts";
import { NEP_STATUSES } from "../nep/statuses.ts";
import { ROUND_PHASES } from "../rounds/roundRecord.ts";
import { ballotSplit } from "../types/ballot.ts";
import { accountId, amount, deviceKey, digest } from "../types/identifiers.ts";
import { modelDigest } from "../work/workCommit.ts";

export const event = union({
  transferred: struct({ from: accountId, to: accountId, amount, burned: amount }),
  burned: struct({ account: accountId, amount }),
  feePaid: struct({ account: accountId, amount }),
  staked: struct({ account: accountId, amount, lockedUntil: count }),
  unstaked: struct({ account: accountId, amount, releaseAt: count }),
  delegated: struct({ account: accountId, to: accountId }),
  undelegated: struct({ account: accountId, from: accountId }),
  deviceRegistered: struct({ account: accountId, device: deviceKey }),
  deviceRetired: struct({ account: accountId, device: deviceKey }),
  validatorJoined: struct({ account: accountId }),
  validatorLeft: struct({ account: accountId }),
  slashed: struct({ account: accountId, amount, burned: amount, reporter: accountId, rewarded: amount }),
  nepSubmitted: struct({ nepId: digest, label: u32, author: accountId }),
  nepReplaced: struct({ nepId: digest, by: digest }),
  nepStatus: struct({ nepId: digest, label: u32, status: choice(NEP_STATUSES), detail: text(512) }),
  nepCommented: struct({ nepId: digest, account: accountId, comment: digest }),
  voted: struct({ nepId: digest, voter: accountId, split: ballotSplit, power: amount }),
  ballotSkipped: struct({ nepId: digest, voter: accountId, code: text(64) }),
  signalled: struct({ nepId: digest, account: accountId, purpose: choice(["ready", "rollback"]), power: amount }),
  votingExtended: struct({ nepId: digest, votingEndsAt: count }),
  activationPostponed: struct({ nepId: digest, activateAt: count }),
  parameterChanged: struct({ key: text(128), from: text(2048), to: text(2048), nepId: digest }),
  escrowReturned: struct({ nepId: digest, account: accountId, amount }),
  escrowBurned: struct({ nepId: digest, account: accountId, amount }),
  proposerRewarded: struct({ nepId: digest, account: accountId, amount }),
  roundOpened: struct({ round: count, slots: u16, deadline: count }),
  roundPhase: struct({ round: count, phase: choice(ROUND_PHASES), deadline: count }),
  workCommitted: struct({ round: count, slot: u16, device: deviceKey, account: accountId, commit: digest }),
  roundDone: struct({ round: count, model: modelDigest, validationLoss: optional(u32), included: u16 }),
  roundFailed: struct({ round: count, reason: choice(["nothing-committed", "nothing-available", "no-agreement"]) }),
  auditDrawn: struct({ round: count, slot: u16, segment: u16, auditor: accountId }),
  auditSettled: struct({ round: count, slot: u16, outcome: choice(AUDIT_OUTCOMES), account: accountId }),
  /** `amount` = units x rate x multiplier, as far as caps allow; `held` of it went to the reward bond. */
  rewarded: struct({
    round: count,
    slot: u16,
    device: deviceKey,
    account: accountId,
    units: u32,
    rate: amount,
    multiplier: amount,
    amount,
    held: amount,
    commit: digest,
    /** How many auditors have confirmed the work; 0: it was not drawn. */
    audits: u16,
  }),
  auditRewarded: struct({ round: count, slot: u16, account: accountId, amount, held: amount }),
  uptimeRewarded: struct({ device: deviceKey, account: accountId, epoch: count, amount, held: amount }),
  bondReleased: struct({ account: accountId, amount }),
  payForfeited: struct({ round: count, slot: u16, account: accountId }),
});

export type DraftEvent = ValueOf<typeof event>;

/** All open proposals, each with all its changes, may come into force in one block. */
const MOST_EVENTS = 131_072;

const figure = struct({ name: text(32), value: text(1024) });

/** `transactionId`: null for what the block itself did, before its transactions. */
const receiptOutcome = union({
  accepted: struct({ events: list(event, MOST_EVENTS) }),
  rejected: struct({ code: text(64), figures: list(figure, 16) }),
});

export const receipt = struct({ transactionId: optional(digest), outcome: receiptOutcome });
export type Receipt = ValueOf<typeof receipt>;
