/** What the chain knows of a proposal: heights, rules frozen at submission, the running tally, and how it ended. */
import type { ValueOf } from "../codec/codec.ts";
import { list, optional, struct, union } from "../codec/composites.ts";
import { bool, choice, count, i128, text, u16, u32 } from "../codec/primitives.ts";
import { paramValue } from "../params/value.ts";
import { accountId, amount, digest } from "../types/identifiers.ts";
import { nepType } from "./document.ts";

const TRACKS = ["standard", "architecture", "constitution", "emergency"] as const;
export type TrackName = (typeof TRACKS)[number];

const nepTally = struct({
  yes: amount,
  no: amount,
  abstain: amount,
  veto: amount,
  voters: u32,
  /** Power of voters other than the author. */
  others: amount,
});
export type NepTally = ValueOf<typeof nepTally>;

/** The rules of the vote as they stood at submission: a later change of the registry cannot move them. */
const frozenRules = struct({
  track: choice(TRACKS),
  /** Fractions times 10^18. */
  quorum: i128,
  approval: i128,
  veto: i128,
  readiness: i128,
  timelockBlocks: u32,
  votingBlocks: u32,
  /** Last blocks of the vote in which a quorum that is reached only then prolongs it, and by how much. */
  lateQuorumBlocks: u32,
  graceBlocks: u32,
  readinessExtensionBlocks: u32,
  rollbackWindowBlocks: u32,
  rollbackApproval: i128,
  emergencyLifetimeBlocks: u32,
  minVoters: u32,
  minStakeVoted: amount,
});
export type FrozenRules = ValueOf<typeof frozenRules>;

const change = struct({ key: text(128), oldValue: paramValue, newValue: paramValue });
export type AppliedChange = ValueOf<typeof change>;

const ENDINGS = ["rejected", "withdrawn", "expired", "failed", "reverted", "deprecated"] as const;

/** Why a proposal ended as it did: a code and figures, for people and programs. */
const reason = struct({ code: text(64), detail: text(512) });
export type EndReason = ValueOf<typeof reason>;

/**
 * What has happened; the status follows from it and the height (governance/status.ts).
 * `pending`: nothing decided. `passed`: the vote is won. `active`: in force. `ended`: out of it, for a reason.
 */
const stage = union({
  pending: struct({}),
  passed: struct({
    lockInAt: count,
    activateAt: count,
    /** Enough power has declared itself ready, or no new software is needed. */
    isLockedIn: bool,
    isPostponed: bool,
  }),
  active: struct({
    at: count,
    /** Where an emergency change ends by itself; null for what was voted on in full. */
    expiresAt: optional(count),
    /** Set when enough power asks for it. */
    rollbackAt: optional(count),
    /** Too late for a rollback. */
    isSettled: bool,
  }),
  ended: struct({ as: choice(ENDINGS), at: count, reason }),
});
export type NepStage = ValueOf<typeof stage>;

export const nepRecord = struct({
  label: u32,
  author: accountId,
  nepType,
  title: text(160),
  submittedAt: count,
  /** Voting opens here; the power of every vote is what was staked at this height. */
  snapshotAt: count,
  /** Last height at which votes count. */
  votingEndsAt: count,
  isVotingExtended: bool,
  rules: frozenRules,
  activationDelayBlocks: u32,
  changes: list(change, 64),
  requires: list(digest, 16),
  supersedes: list(digest, 16),
  ratifies: optional(digest),
  targetVersion: struct({ major: u16, minor: u16, patch: u16 }),
  needsNewSoftware: bool,
  fee: amount,
  deposit: amount,
  /** Bonded stake of everybody at the snapshot; null until the vote is over. */
  totalPower: optional(amount),
  tally: nepTally,
  /** Power that declared itself ready; power that asks for a rollback. */
  ready: amount,
  rollback: amount,
  stage,
});
export type NepRecord = ValueOf<typeof nepRecord>;
