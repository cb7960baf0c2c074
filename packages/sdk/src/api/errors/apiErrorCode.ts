/** What HTTP can answer besides a result: the protocol's rejections and the server's own refusals, each with its status. */
import type { RejectionCode } from "@neuroshard/protocol";

/** What the surface itself refuses, and the figures that explain it. */
export interface Refusals {
  /** Nothing has that name, or the path leads nowhere. */
  readonly NOT_FOUND: { readonly what: string };
  /** The request does not follow the contract; `path` is where. */
  readonly BAD_REQUEST: { readonly path: string; readonly reason: string };
  readonly TOO_LARGE: { readonly mostBytes: string };
  readonly TOO_MANY_REQUESTS: { readonly retryAfterSeconds: string };
  readonly UNSUPPORTED_MEDIA: { readonly expected: string };
  /** No token, or one that the node does not know. */
  readonly UNAUTHORIZED: { readonly reason: string };
  /** Asked by a page of another site, or under a name that is not this machine's. */
  readonly FORBIDDEN: { readonly reason: string };
  /** The token does not allow this; `needed` is the scope that does. */
  readonly SCOPE_MISSING: { readonly needed: string };
  /** The key came before, with another body. */
  readonly IDEMPOTENCY_CONFLICT: { readonly key: string };
  readonly POOL_FULL: { readonly mostTransactions: string; readonly mostBytes: string };
  readonly TOO_MANY_PENDING: { readonly most: string; readonly pending: string };
  /** Below the protocol's bound, above what the parameters allow. */
  readonly TRANSACTION_TOO_LARGE: { readonly mostBytes: string; readonly bytes: string };
  /** A follower takes no transactions. */
  readonly READ_ONLY: { readonly reason: string };
  readonly UNAVAILABLE: { readonly reason: string };
  /** There is no model yet that could answer. */
  readonly MODEL_NOT_READY: { readonly reason: string; readonly retryAfterSeconds: string };
  /** The model of that name is not the one that is served. */
  readonly MODEL_NOT_FOUND: { readonly model: string };
  /** Prompt and text together, in tokens. */
  readonly CONTEXT_LENGTH_EXCEEDED: {
    readonly context: string;
    readonly asked: string;
    readonly prompt: string;
    readonly completion: string;
  };
  /** A bug: the log of the node has more under the reference. */
  readonly INTERNAL: { readonly reference: string };
}

export type RefusalCode = keyof Refusals;
export type ApiErrorCode = RejectionCode | RefusalCode;

const REFUSAL_STATUS: { readonly [C in RefusalCode]: number } = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  SCOPE_MISSING: 403,
  NOT_FOUND: 404,
  IDEMPOTENCY_CONFLICT: 409,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA: 415,
  TOO_MANY_REQUESTS: 429,
  TRANSACTION_TOO_LARGE: 422,
  TOO_MANY_PENDING: 429,
  INTERNAL: 500,
  POOL_FULL: 503,
  READ_ONLY: 503,
  UNAVAILABLE: 503,
  MODEL_NOT_READY: 503,
  MODEL_NOT_FOUND: 404,
  CONTEXT_LENGTH_EXCEEDED: 400,
};

/** 400: these bytes can never succeed. 409: another time or with another nonce they may. 422: the rules say no. */
const REJECTION_STATUS: { readonly [C in RejectionCode]: 400 | 409 | 422 } = {
  MALFORMED: 400,
  WRONG_NETWORK: 400,
  BAD_SIGNATURE: 400,
  NONCE_STALE: 409,
  NONCE_FUTURE: 409,
  TRANSACTION_EXPIRED: 409,
  LAST_HEIGHT_TOO_FAR: 422,
  BALANCE_TOO_LOW: 422,
  AMOUNT_TOO_SMALL: 422,
  AMOUNT_TOO_LARGE: 422,
  MEMO_TOO_LONG: 422,
  LOCK_OUT_OF_RANGE: 422,
  TOO_MANY_LOTS: 422,
  STAKE_TOO_LOW: 422,
  STAKE_LOCKED: 422,
  DELEGATE_IS_SELF: 422,
  DELEGATE_UNCHANGED: 422,
  DEVICE_KNOWN: 422,
  DEVICE_UNKNOWN: 422,
  DEVICE_NOT_YOURS: 422,
  DEVICE_ROLES: 422,
  TOO_MANY_DEVICES: 422,
  TOO_MANY_TRAINERS: 422,
  VALIDATOR_STAKE_TOO_LOW: 422,
  EVIDENCE_INVALID: 422,
  EVIDENCE_KNOWN: 422,
  NEP_UNKNOWN: 422,
  NEP_KNOWN: 422,
  NEP_INVALID: 422,
  NEP_TOO_LARGE: 422,
  NEP_NOT_YOURS: 422,
  NEP_STATUS: 422,
  NEP_COOLDOWN: 422,
  TOO_MANY_NEPS: 422,
  THRESHOLD_OUT_OF_RANGE: 422,
  PARAM_IMMUTABLE: 422,
  PARAM_WRONG_TRACK: 422,
  PARAM_REPEATED: 422,
  PARAM_COOLDOWN: 422,
  PARAM_STALE: 422,
  PARAM_UNCHANGED: 422,
  VOTE_CLOSED: 422,
  VOTE_SPLIT: 422,
  NO_VOTING_POWER: 422,
  BALLOT_STALE: 422,
  NO_VALID_BALLOT: 422,
  ALREADY_SIGNALLED: 422,
  ROLLBACK_CLOSED: 422,
  PARAM_UNKNOWN: 422,
  PARAM_WRONG_TYPE: 422,
  PARAM_OUT_OF_RANGE: 422,
  PARAM_UNKNOWN_WORD: 422,
  PARAM_BAD_SCHEDULE: 422,
  PARAM_STEP_TOO_LARGE: 422,
  PARAM_INVARIANT: 422,
  DEVICE_ROLE_MISSING: 422,
  ROUND_UNKNOWN: 409,
  ROUND_PHASE: 409,
  SLOT_NOT_YOURS: 422,
  COMMIT_MISMATCH: 422,
  ALREADY_COMMITTED: 422,
  NOT_A_VALIDATOR: 422,
  ALREADY_ATTESTED: 422,
  EPOCH_CLOSED: 409,
  AUDIT_UNKNOWN: 422,
  NOT_AN_AUDITOR: 422,
  AUDIT_STAGE: 409,
  SEAL_MISMATCH: 422,
};

const STATUS: { readonly [C in ApiErrorCode]: number } = { ...REFUSAL_STATUS, ...REJECTION_STATUS };

export function httpStatusOf(code: ApiErrorCode): number {
  return STATUS[code];
}
