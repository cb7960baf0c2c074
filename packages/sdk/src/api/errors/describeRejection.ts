/**
 * Every rejection of the protocol in one sentence: the cause; the remedy. The figures are texts, as receipts and error
 * objects carry them.
 */
import { formatDecimal, type Rejection, type RejectionCode } from "@neuroshard/protocol";

/** Names of the figures of one code. */
type FigureName<C extends RejectionCode> = Exclude<keyof Extract<Rejection, { readonly code: C }>, "code"> & string;
type Figures<C extends RejectionCode> = { readonly [Name in FigureName<C>]: string };

/** Base units as people read them; anything else as it is. */
function neuro(amount: string): string {
  return /^\d{1,39}$/.test(amount) ? `${formatDecimal(BigInt(amount))} NEURO` : amount;
}

const REJECTION_TEXTS: { readonly [C in RejectionCode]: (figures: Figures<C>) => string } = {
  MALFORMED: ({ path, reason }) =>
    `these bytes are no transaction (${path === "" ? "" : `${path}: `}${reason}); build them with the SDK of this version`,
  WRONG_NETWORK: ({ expected }) => `the transaction is for another network than ${expected}; sign it for this one`,
  BAD_SIGNATURE: ({ account }) =>
    `the signature is not one of account ${account} over these bytes; sign the transaction again with the account's key`,
  NONCE_STALE: ({ expected, actual }) =>
    `nonce ${actual} was used before; look whether the transaction went through, and use nonce ${expected} for a new one`,
  NONCE_FUTURE: ({ expected, actual }) =>
    `nonce ${actual} is ahead of the account's next, ${expected}; send the transactions in between first`,
  TRANSACTION_EXPIRED: ({ lastHeight, height }) =>
    `the transaction was good until block ${lastHeight} and block ${height} is due; sign it anew with a later last height`,
  LAST_HEIGHT_TOO_FAR: ({ lastHeight, most }) =>
    `the transaction would be good until block ${lastHeight}; choose a last height of at most ${most}`,
  BALANCE_TOO_LOW: ({ available, needed }) =>
    `the account can spend ${neuro(available)} and this takes ${neuro(needed)}; send less, or add tokens first`,
  AMOUNT_TOO_SMALL: ({ least, amount }) => `${neuro(amount)} is below the least amount; use at least ${neuro(least)}`,
  AMOUNT_TOO_LARGE: ({ most, amount }) => `${neuro(amount)} is above the largest amount; use at most ${neuro(most)}`,
  MEMO_TOO_LONG: ({ mostBytes, bytes }) => `the memo has ${bytes} bytes; shorten it to ${mostBytes}`,
  LOCK_OUT_OF_RANGE: ({ leastDays, mostDays, days }) =>
    `stake cannot be locked for ${days} days; choose from ${leastDays} to ${mostDays}`,
  TOO_MANY_LOTS: ({ most }) =>
    `the account has ${most} lots already, the most there can be; wait until one of them is released`,
  STAKE_TOO_LOW: ({ available, needed }) =>
    `the account has ${neuro(available)} at stake and this takes ${neuro(needed)}; stake more, or ask for less`,
  STAKE_LOCKED: ({ unlocked, needed }) =>
    `only ${neuro(unlocked)} of the stake is free and this takes ${neuro(needed)}; wait for the lock or the proposal that holds it`,
  DELEGATE_IS_SELF: () => "an account cannot delegate to itself; take the delegation back instead",
  DELEGATE_UNCHANGED: () => "the delegate is that already; nothing has to be sent",
  DEVICE_KNOWN: ({ account }) => `the device is registered to account ${account}; retire it there first`,
  DEVICE_UNKNOWN: ({ device }) => `device ${device} is not registered; register it first`,
  DEVICE_NOT_YOURS: ({ account }) => `the device belongs to account ${account}; act from that account`,
  DEVICE_ROLES: ({ reason }) =>
    `the roles of the device cannot be these (${reason}); name each role once, one at least`,
  TOO_MANY_DEVICES: ({ most }) => `an account has at most ${most} devices; retire one first`,
  TOO_MANY_TRAINERS: ({ most }) =>
    `the network has ${most} training devices, the most there can be; register it without the role of a trainer`,
  VALIDATOR_STAKE_TOO_LOW: ({ available, needed, validators }) =>
    `with ${validators} validators each needs ${neuro(needed)} at stake and this account has ${neuro(available)}; stake more first`,
  EVIDENCE_INVALID: ({ reason }) =>
    `this proves no fault (${reason}); send two signed statements that contradict each other`,
  EVIDENCE_KNOWN: ({ height }) => `this was acted upon at block ${height}; nothing has to be sent`,
  NEP_UNKNOWN: ({ nepId }) => `there is no proposal ${nepId}; look it up in the list of proposals`,
  NEP_KNOWN: ({ label }) => `the same proposal exists as number ${label}; vote on that one, or change the text`,
  NEP_INVALID: ({ field, reason }) => `the proposal's ${field} ${reason}; correct it and submit again`,
  NEP_TOO_LARGE: ({ mostBytes, bytes }) => `the proposal has ${bytes} bytes; shorten it to ${mostBytes}`,
  NEP_NOT_YOURS: ({ author }) => `the proposal is of account ${author}; only its author can do this`,
  NEP_STATUS: ({ status, needed }) => `the proposal is in status ${status}; this can be done in ${needed} only`,
  NEP_COOLDOWN: ({ until, height }) =>
    `the same was rejected not long ago; submit it again from block ${until} on, the next is ${height}`,
  TOO_MANY_NEPS: ({ most }) => `${most} proposals are open already, the most there can be; wait until one of them ends`,
  THRESHOLD_OUT_OF_RANGE: ({ threshold, least, most, asked }) =>
    `${threshold} ${asked} does not fit the track; choose from ${least} to ${most}`,
  PARAM_IMMUTABLE: ({ key }) => `no vote can change ${key}; leave it out`,
  PARAM_WRONG_TRACK: ({ key, nepType, allowed }) =>
    `a proposal of type ${nepType} cannot change ${key}; use type ${allowed}`,
  PARAM_REPEATED: ({ key }) => `${key} stands in the proposal twice; change it once`,
  PARAM_COOLDOWN: ({ key, until }) => `${key} was changed not long ago; it can change again from block ${until} on`,
  PARAM_STALE: ({ key, current, given }) =>
    `${key} is ${current}, not ${given}; write the present value as the old one`,
  PARAM_UNCHANGED: ({ key }) => `${key} would stay what it is; leave it out or change it`,
  VOTE_CLOSED: ({ from, to, height }) =>
    `votes count from block ${from} to block ${to} and the next is ${height}; vote within that time`,
  VOTE_SPLIT: ({ sum }) => `the parts of the vote add up to ${sum} ten-thousandths; make them 10000`,
  NO_VOTING_POWER: ({ snapshotAt }) =>
    `the account had no stake at block ${snapshotAt}, whose stakes count; stake before the next vote opens`,
  BALLOT_STALE: ({ sequence, least }) =>
    `a ballot with number ${sequence} or a higher one was counted; sign a new one with ${least} or more`,
  NO_VALID_BALLOT: ({ first }) => `none of the ballots counts (the first: ${first}); deliver at least one that does`,
  ALREADY_SIGNALLED: () => "the account has said so already; nothing has to be sent",
  ROLLBACK_CLOSED: ({ until, height }) =>
    `a rollback could be asked for until block ${until} and the next is ${height}; propose the change back instead`,
  DEVICE_ROLE_MISSING: ({ device, role }) => `device ${device} is no ${role}; register it with that role`,
  ROUND_UNKNOWN: ({ round, current }) => `round ${round} is not the present one, ${current}; nothing has to be sent`,
  ROUND_PHASE: ({ round, phase, needed }) =>
    `round ${round} is in phase ${phase} and this belongs to phase ${needed}; look at the round again`,
  SLOT_NOT_YOURS: ({ round, slot }) =>
    `slot ${slot} of round ${round} is not one that this device can speak for; look at the round again`,
  COMMIT_MISMATCH: ({ field, expected, actual }) =>
    `${field} is ${actual} and the round asks for ${expected}; make the work again from what the round says`,
  ALREADY_COMMITTED: ({ round, slot, commit }) =>
    `slot ${slot} of round ${round} has commit ${commit}; nothing has to be sent`,
  NOT_A_VALIDATOR: ({ account }) =>
    `account ${account} has no power as a validator here; stake, and wait for the next round`,
  ALREADY_ATTESTED: ({ account, subject }) => `account ${account} has spoken about ${subject}; nothing has to be sent`,
  EPOCH_CLOSED: ({ epoch, current }) => `epoch ${epoch} cannot be reported in epoch ${current}; report the present one`,
  AUDIT_UNKNOWN: ({ round, slot }) => `slot ${slot} of round ${round} is not audited; nothing has to be sent`,
  NOT_AN_AUDITOR: ({ account, round, slot }) =>
    `account ${account} does not audit slot ${slot} of round ${round}; nothing has to be sent`,
  AUDIT_STAGE: ({ stage, needed }) =>
    `the audit is in stage ${stage} and this belongs to ${needed}; look at the audit again`,
  SEAL_MISMATCH: ({ seal, actual }) =>
    `the answer has seal ${actual} and ${seal} was sealed; show the answer that was sealed`,
  PARAM_UNKNOWN: ({ key }) => `there is no parameter ${key}; look it up in the list of parameters`,
  PARAM_WRONG_TYPE: ({ key, expected, actual }) => `${key} is of type ${expected}, not ${actual}; write a ${expected}`,
  PARAM_OUT_OF_RANGE: ({ key, value, least, most }) => `${key} cannot be ${value}; choose from ${least} to ${most}`,
  PARAM_UNKNOWN_WORD: ({ key, value, words }) => `${key} cannot be ${value}; choose from ${words}`,
  PARAM_BAD_SCHEDULE: ({ key, detail }) => `the schedule of ${key} cannot be this: ${detail}; correct its points`,
  PARAM_STEP_TOO_LARGE: ({ key, from, to, largestStep }) =>
    `${key} cannot go from ${from} to ${to} at once; change it by ${largestStep} at most`,
  PARAM_INVARIANT: ({ invariant, detail }) =>
    `the parameters would no longer fit together (${invariant}): ${detail}; change both`,
};

export const REJECTION_CODES = Object.keys(REJECTION_TEXTS) as readonly RejectionCode[];

export function isRejectionCode(code: string): code is RejectionCode {
  return Object.hasOwn(REJECTION_TEXTS, code);
}

/** One sentence without a full stop. `figures`: as receipts have them. */
export function describeRejection(code: RejectionCode, figures: Readonly<Record<string, string>>): string {
  const text = REJECTION_TEXTS[code] as (figures: Readonly<Record<string, string>>) => string;
  return text(figures);
}
