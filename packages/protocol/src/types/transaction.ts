/**
 * Transactions: one schema per kind. The table is closed: adding a kind makes the compiler name every place that must
 * handle it. Spec: spec/transactions.md.
 */
import { decode, encode, type Parsed, type ValueOf } from "../codec/codec.ts";
import { list, optional, struct, union } from "../codec/composites.ts";
import { choice, count, text, u16, u32 } from "../codec/primitives.ts";
import { hexToBytes, taggedHash } from "../crypto/hash.ts";
import { nepDocument } from "../nep/document.ts";
import { auditAnswer } from "../work/auditAnswer.ts";
import { modelDigest, workCommit } from "../work/workCommit.ts";
import { ballotSplit, signedBallot } from "./ballot.ts";
import { signedHeader } from "./header.ts";
import { accountId, amount, deviceKey, digest, publicKey, signature } from "./identifiers.ts";

/** What fits a block whatever the parameters say; a longer byte string is not even parsed. */
export const MOST_TRANSACTION_BYTES = 400_000;

/** The governed limit (MAX_SLOTS) may be lower. */
export const MOST_SLOTS = 4096;
const MOST_REPORTED_DEVICES = 4096;

export const DEVICE_ROLES = ["trainer", "validator", "observer", "relay"] as const;

export const deviceFacts = struct({
  roles: list(choice(DEVICE_ROLES), DEVICE_ROLES.length),
  memoryMb: u32,
  /** Measured inner steps of the network's model in 1000 seconds. */
  speed: u32,
  /** Digest of the engine's canary run. */
  numericClass: digest,
  softwareVersion: text(32),
  features: list(text(64), 64),
});

/** A `commitWork` as its device signed it, without the network, which is that of whoever reads it. */
const signedCommit = struct({ publicKey, nonce: count, lastHeight: count, commit: workCommit, signature });
export type SignedCommit = ValueOf<typeof signedCommit>;

/** Two signed statements of one signer that contradict each other. */
const contradiction = union({
  ballots: struct({ first: signedBallot, second: signedBallot }),
  headers: struct({ first: signedHeader, second: signedHeader }),
  commits: struct({ first: signedCommit, second: signedCommit }),
});

const bodies = {
  transfer: struct({ recipient: accountId, amount, memo: text(1024) }),
  burn: struct({ amount }),
  stake: struct({ amount, lockDays: u16 }),
  unstake: struct({ amount }),
  /** `delegate`: who votes with the sender's stake by default; null takes it back. */
  delegate: struct({ delegate: optional(accountId) }),
  registerDevice: struct({ device: deviceKey, deviceSignature: signature, facts: deviceFacts }),
  retireDevice: struct({ device: deviceKey }),
  evidence: struct({ contradiction }),
  nepSubmit: struct({ document: nepDocument }),
  nepEdit: struct({ nepId: digest, document: nepDocument }),
  nepWithdraw: struct({ nepId: digest }),
  nepVote: struct({ nepId: digest, split: ballotSplit }),
  bulkVote: struct({ ballots: list(signedBallot, 64) }),
  nepReady: struct({ nepId: digest }),
  nepRollback: struct({ nepId: digest }),
  /** The text of a comment is kept elsewhere; the chain orders and dates it. */
  nepComment: struct({ nepId: digest, comment: digest }),
  /** Signed by a device, like all that follow. `devices`: those that the validator reached in the epoch. */
  attestLiveness: struct({ epoch: count, devices: list(deviceKey, MOST_REPORTED_DEVICES) }),
  commitWork: struct({ commit: workCommit }),
  /** `slots`: whose contributions the validator holds and found well-formed. */
  attestAvailability: struct({ round: count, slots: list(u16, MOST_SLOTS) }),
  /** `validationLoss`: in millionths of a nat, in rounds that are evaluated. */
  attestModel: struct({ round: count, model: modelDigest, validationLoss: optional(u32) }),
  auditSeal: struct({ round: count, slot: u16, seal: digest }),
  auditReveal: struct({ round: count, slot: u16, answer: auditAnswer }),
};

/** Signed by the key of a registered device, not of its account; the nonce is the device's own. */
export const WORK_KINDS = [
  "attestLiveness",
  "commitWork",
  "attestAvailability",
  "attestModel",
  "auditSeal",
  "auditReveal",
] as const;

const transactionBody = union(bodies);
export type TransactionBody = ValueOf<typeof transactionBody>;
export type TransactionKind = TransactionBody["kind"];
export type BodyOf<K extends TransactionKind> = Extract<TransactionBody, { readonly kind: K }>;
export const TRANSACTION_KINDS = Object.keys(bodies) as readonly TransactionKind[];

/** All of it is signed. */
export const transactionContent = struct({
  networkId: digest,
  publicKey,
  /** How many transactions of this account were accepted before. */
  nonce: count,
  /** Height of the last block that may contain it. */
  lastHeight: count,
  body: transactionBody,
});
export type TransactionContent = ValueOf<typeof transactionContent>;

export const transaction = struct({ content: transactionContent, signature });
export type Transaction = ValueOf<typeof transaction>;

/** 32 bytes: the transaction's id, and what its sender signs. The signature is no part of it, so it cannot change it. */
export function transactionHash(content: TransactionContent): Uint8Array {
  return taggedHash("tx", encode(transactionContent, content));
}

/** What a device signs to accept the account that registers it. 32 bytes. */
export function deviceAcceptanceHash(networkId: string, account: string): Uint8Array {
  return taggedHash("device", hexToBytes(networkId), hexToBytes(account));
}

/** `limit`: what the parameters allow; the fixed bound holds beside it. */
export function decodeTransaction(bytes: Uint8Array, limit: number = MOST_TRANSACTION_BYTES): Parsed<Transaction> {
  const most = Math.min(limit, MOST_TRANSACTION_BYTES);
  if (bytes.length <= most) return decode(transaction, bytes);
  return { ok: false, path: "", reason: `has ${bytes.length} bytes, at most ${most} are allowed` };
}
