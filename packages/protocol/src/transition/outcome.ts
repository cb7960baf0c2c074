/** How a transaction ends: accepted with what happened, or rejected with a code and its figures. */
import type { ParamProblem } from "../params/problem.ts";
import type { DraftEvent } from "./events.ts";

/** Every reason for which the state machine turns something away, and the figures that explain it. */
interface Rejections {
  readonly MALFORMED: { readonly path: string; readonly reason: string };
  readonly WRONG_NETWORK: { readonly expected: string; readonly actual: string };
  readonly BAD_SIGNATURE: { readonly account: string };
  readonly NONCE_STALE: { readonly expected: number; readonly actual: number };
  readonly NONCE_FUTURE: { readonly expected: number; readonly actual: number };
  readonly TRANSACTION_EXPIRED: { readonly lastHeight: number; readonly height: number };
  readonly LAST_HEIGHT_TOO_FAR: { readonly lastHeight: number; readonly most: number };
  readonly BALANCE_TOO_LOW: { readonly available: bigint; readonly needed: bigint };
  readonly AMOUNT_TOO_SMALL: { readonly least: bigint; readonly amount: bigint };
  readonly AMOUNT_TOO_LARGE: { readonly most: bigint; readonly amount: bigint };
  readonly MEMO_TOO_LONG: { readonly mostBytes: number; readonly bytes: number };
  readonly LOCK_OUT_OF_RANGE: { readonly leastDays: number; readonly mostDays: number; readonly days: number };
  readonly TOO_MANY_LOTS: { readonly most: number };
  readonly STAKE_TOO_LOW: { readonly available: bigint; readonly needed: bigint };
  readonly STAKE_LOCKED: { readonly unlocked: bigint; readonly needed: bigint };
  readonly DELEGATE_IS_SELF: { readonly account: string };
  readonly DELEGATE_UNCHANGED: { readonly account: string };
  readonly DEVICE_KNOWN: { readonly device: string; readonly account: string };
  readonly DEVICE_UNKNOWN: { readonly device: string };
  readonly DEVICE_NOT_YOURS: { readonly device: string; readonly account: string };
  readonly DEVICE_ROLES: { readonly reason: string };
  readonly TOO_MANY_DEVICES: { readonly most: number };
  readonly TOO_MANY_TRAINERS: { readonly most: number };
  readonly VALIDATOR_STAKE_TOO_LOW: {
    readonly available: bigint;
    readonly needed: bigint;
    readonly validators: number;
  };
  readonly EVIDENCE_INVALID: { readonly reason: string };
  readonly EVIDENCE_KNOWN: { readonly height: number };
  readonly NEP_UNKNOWN: { readonly nepId: string };
  readonly NEP_KNOWN: { readonly nepId: string; readonly label: number };
  readonly NEP_INVALID: { readonly field: string; readonly reason: string };
  readonly NEP_TOO_LARGE: { readonly mostBytes: number; readonly bytes: number };
  readonly NEP_NOT_YOURS: { readonly author: string };
  readonly NEP_STATUS: { readonly status: string; readonly needed: string };
  readonly NEP_COOLDOWN: { readonly until: number; readonly height: number };
  readonly TOO_MANY_NEPS: { readonly most: number };
  readonly THRESHOLD_OUT_OF_RANGE: {
    readonly threshold: string;
    readonly least: string;
    readonly most: string;
    readonly asked: string;
  };
  readonly PARAM_IMMUTABLE: { readonly key: string };
  readonly PARAM_WRONG_TRACK: { readonly key: string; readonly nepType: string; readonly allowed: string };
  readonly PARAM_REPEATED: { readonly key: string };
  readonly PARAM_COOLDOWN: { readonly key: string; readonly until: number };
  readonly PARAM_STALE: { readonly key: string; readonly current: string; readonly given: string };
  readonly PARAM_UNCHANGED: { readonly key: string };
  readonly VOTE_CLOSED: { readonly from: number; readonly to: number; readonly height: number };
  readonly VOTE_SPLIT: { readonly sum: number };
  readonly NO_VOTING_POWER: { readonly account: string; readonly snapshotAt: number };
  readonly BALLOT_STALE: { readonly sequence: number; readonly least: number };
  readonly NO_VALID_BALLOT: { readonly first: string };
  readonly ALREADY_SIGNALLED: { readonly account: string };
  readonly ROLLBACK_CLOSED: { readonly until: number; readonly height: number };
  readonly DEVICE_ROLE_MISSING: { readonly device: string; readonly role: string };
  readonly ROUND_UNKNOWN: { readonly round: number; readonly current: number };
  readonly ROUND_PHASE: { readonly round: number; readonly phase: string; readonly needed: string };
  readonly SLOT_NOT_YOURS: { readonly round: number; readonly slot: number };
  readonly COMMIT_MISMATCH: { readonly field: string; readonly expected: string; readonly actual: string };
  readonly ALREADY_COMMITTED: { readonly round: number; readonly slot: number; readonly commit: string };
  readonly NOT_A_VALIDATOR: { readonly account: string; readonly round: number };
  readonly ALREADY_ATTESTED: { readonly account: string; readonly subject: string };
  readonly EPOCH_CLOSED: { readonly epoch: number; readonly current: number };
  readonly AUDIT_UNKNOWN: { readonly round: number; readonly slot: number };
  readonly NOT_AN_AUDITOR: { readonly account: string; readonly round: number; readonly slot: number };
  readonly AUDIT_STAGE: { readonly stage: string; readonly needed: string };
  readonly SEAL_MISMATCH: { readonly seal: string; readonly actual: string };
}

type OwnCode = keyof Rejections;

/** Faults of parameter values are told as the registry tells them. */
export type Rejection = { [C in OwnCode]: { readonly code: C } & Rejections[C] }[OwnCode] | ParamProblem;
export type RejectionCode = Rejection["code"];

export interface Accepted {
  readonly ok: true;
  readonly events: readonly DraftEvent[];
}

export interface Rejected {
  readonly ok: false;
  readonly rejection: Rejection;
}

export type Outcome = Accepted | Rejected;

export function accept(...events: readonly DraftEvent[]): Accepted {
  return { ok: true, events };
}

export function reject(rejection: Rejection): Rejected {
  return { ok: false, rejection };
}
