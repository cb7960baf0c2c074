/** What the state keeps of a round and of the devices that train. Spec: spec/rounds.md. */
import type { ValueOf } from "../codec/codec.ts";
import { list, optional, struct } from "../codec/composites.ts";
import { bool, choice, count, u16, u32 } from "../codec/primitives.ts";
import { accountId, amount, deviceKey, digest } from "../types/identifiers.ts";
import { MOST_SLOTS } from "../types/transaction.ts";
import { modelDigest, workCommit } from "../work/workCommit.ts";

export const ROUND_PHASES = ["train", "exchange", "outer", "done", "failed"] as const;
export type RoundPhase = (typeof ROUND_PHASES)[number];

export const MOST_VALIDATORS = 1024;
/** Models that a record keeps when its round is over: honest validators attest one. */
export const KEPT_CANDIDATES = 16;

const roundSlot = struct({
  device: deviceKey,
  account: accountId,
  /** Inner steps that the slot is to make. */
  steps: u32,
  /** `workCommitId`; null while it has not committed. */
  commit: optional(digest),
  /** Validating power that has attested to hold the contribution and to have found it well-formed. */
  attested: amount,
  /** `open`: while the contributions are being exchanged. */
  inclusion: choice(["open", "included", "left-out"]),
});
export type RoundSlot = ValueOf<typeof roundSlot>;

/** A model that validators attest, and the power behind it. Validation loss in millionths of a nat. */
const candidate = struct({ model: modelDigest, validationLoss: optional(u32), power: amount });

export const roundRecord = struct({
  number: count,
  phase: choice(ROUND_PHASES),
  seed: digest,
  openedAt: count,
  /** Height at which the present phase ends whatever is missing. */
  deadline: count,
  /** Height at which the commits were complete; 0 before. Audits are drawn with a beacon at least two blocks later. */
  closedAt: count,
  /** Height at which it was done or failed; 0 before. */
  endedAt: count,
  baseModel: modelDigest,
  /** Inner steps of the network before this round: what learning rate schedules count. */
  stepsBefore: count,
  /** Whether validators also attest the validation loss. */
  isEvaluated: bool,
  slots: list(roundSlot, MOST_SLOTS),
  /** Who may attest, with the power that counts in this round. */
  validators: list(struct({ account: accountId, power: amount }), MOST_VALIDATORS),
  /** No fewer than there are validators, so that nobody can fill it before the others come. */
  candidates: list(candidate, MOST_VALIDATORS),
  /** The finalised model; null unless the round is done. */
  model: optional(modelDigest),
  validationLoss: optional(u32),
  /** Slots whose audit is not settled. */
  openAudits: list(u16, MOST_SLOTS),
  /** Whether audits are still to be drawn, or pay is still due. */
  accounting: choice(["none", "draw", "window", "settled"]),
});
export type RoundRecord = ValueOf<typeof roundRecord>;

export const commitRecord = struct({ commit: workCommit, height: count });
export type CommitRecord = ValueOf<typeof commitRecord>;

/** What the network knows of a training device from finalised rounds. */
export const standing = struct({
  /** Where its next commit must go on; null: from zeros. */
  optimizer: optional(digest),
  residual: optional(digest),
  /** Of the last included commit in a finalised round; 0: none. */
  lastRound: count,
  /** Last round with work or an audit that was verified; 0: none. Uptime is paid only near it. */
  verifiedRound: count,
  failedAudits: u16,
  /** Pay of rounds up to this one is forfeited. */
  forfeitedThrough: count,
});
export type Standing = ValueOf<typeof standing>;

export const NEW_STANDING: Standing = {
  optimizer: null,
  residual: null,
  lastRound: 0,
  verifiedRound: 0,
  failedAudits: 0,
  forfeitedThrough: 0,
};

/** `seen`: power that reported the device in `epoch`. `liveThrough`: last epoch in which a quorum saw it. */
export const livenessRecord = struct({ epoch: count, seen: amount, liveThrough: optional(count) });

/** Where the training of the network stands. */
export const trainingCell = struct({
  /** Number of the newest round; 0 before the first. */
  round: count,
  /** The newest finalised model. */
  model: modelDigest,
  /** Round that made it; 0: the genesis. */
  modelRound: count,
  steps: count,
  /** Of the newest evaluated model. */
  validationLoss: optional(u32),
  /** Rounds that are not settled, oldest first. */
  open: list(count, 65_536),
});
