/**
 * One transaction, in this order: is it well-formed, of this network, in time, next in its account's order, signed by its
 * sender; can the sender pay the flat fee; and then what its kind demands. A rejection changes nothing and costs nothing.
 * Spec: spec/transactions.md#T3.
 */

import { auditReveal } from "../audits/auditReveal.ts";
import { auditSeal } from "../audits/auditSeal.ts";
import { bytesToHex, sha256 } from "../crypto/hash.ts";
import { registerDevice } from "../devices/registerDevice.ts";
import { retireDevice } from "../devices/retireDevice.ts";
import { bulkVote } from "../governance/bulkVote.ts";
import { nepComment } from "../governance/comment.ts";
import { nepEdit } from "../governance/edit.ts";
import { nepReady, nepRollback } from "../governance/signal.ts";
import { nepSubmit } from "../governance/submit.ts";
import { nepVote } from "../governance/vote.ts";
import { nepWithdraw } from "../governance/withdraw.ts";
import { accountOf } from "../keys/address.ts";
import { accountIn, cannotPay, debit } from "../ledger/balance.ts";
import { burn } from "../ledger/burn.ts";
import { flatFeeOf } from "../ledger/flatFee.ts";
import { moveSupply } from "../ledger/supply.ts";
import { transfer } from "../ledger/transfer.ts";
import { attestLiveness } from "../liveness/attestLiveness.ts";
import { attestAvailability } from "../rounds/attestAvailability.ts";
import { attestModel } from "../rounds/attestModel.ts";
import { commitWork } from "../rounds/commitWork.ts";
import { delegate } from "../staking/delegate.ts";
import { evidence } from "../staking/evidence.ts";
import { stake } from "../staking/stake.ts";
import { settleMatured } from "../staking/stakes.ts";
import { unstake } from "../staking/unstake.ts";
import type { Draft } from "../state/draft.ts";
import type { AccountId, DeviceKey, Digest } from "../types/identifiers.ts";
import { decodeTransaction, type Transaction, type TransactionKind, transactionHash } from "../types/transaction.ts";
import type { Apply, BlockContext, Call } from "./context.ts";
import type { DraftEvent } from "./events.ts";
import { type Outcome, type Rejected, reject } from "./outcome.ts";

const APPLY: { readonly [K in TransactionKind]: Apply<K> } = {
  transfer,
  burn,
  stake,
  unstake,
  delegate,
  registerDevice,
  retireDevice,
  evidence,
  nepSubmit,
  nepEdit,
  nepWithdraw,
  nepVote,
  bulkVote,
  nepReady,
  nepRollback,
  nepComment,
  attestLiveness,
  commitWork,
  attestAvailability,
  attestModel,
  auditSeal,
  auditReveal,
};

export interface Applied {
  /** Of the content; of the bytes as they are where they are no transaction. */
  readonly transactionId: Digest;
  /** Undefined where the bytes are no transaction. */
  readonly transaction: Transaction | undefined;
  readonly sender: AccountId | undefined;
  readonly outcome: Outcome;
}

export function applyTransaction(draft: Draft, bytes: Uint8Array, context: BlockContext): Applied {
  const decoded = decodeTransaction(bytes, context.params.get("network.limits.MAX_TRANSACTION_BYTES"));
  if (!decoded.ok) {
    const { path, reason } = decoded;
    const transactionId = bytesToHex(sha256(bytes)) as Digest;
    const outcome = reject({ code: "MALFORMED", path, reason });
    return { transactionId, transaction: undefined, sender: undefined, outcome };
  }
  const transaction = decoded.value;
  const hash = transactionHash(transaction.content);
  const sender = accountOf(transaction.content.publicKey);
  const mark = draft.mark();
  const outcome = applyDecoded(draft, { transaction, hash, sender }, context);
  if (!outcome.ok) draft.revertTo(mark);
  return { transactionId: bytesToHex(hash) as Digest, transaction, sender, outcome };
}

interface Hashed {
  readonly transaction: Transaction;
  readonly hash: Uint8Array;
  readonly sender: AccountId;
}

function applyDecoded(draft: Draft, { transaction, hash, sender }: Hashed, context: BlockContext): Outcome {
  const { content } = transaction;
  const problem = envelopeProblem(draft, { transaction, hash, sender }, context);
  if (problem !== undefined) return problem;
  settleMatured(draft, sender, context.height);
  const fee = flatFeeOf(content.body.kind, context.params);
  const unpaid = cannotPay(draft, sender, fee);
  if (unpaid !== undefined) return unpaid;
  const { balance, nonce } = accountIn(draft, sender);
  draft.set("accounts", sender, { balance, nonce: nonce + 1 });
  if (fee > 0n) debit(draft, sender, fee);
  moveSupply(draft, "spendable", "treasury", fee);
  const call = {
    sender,
    body: content.body,
    transactionId: bytesToHex(hash) as Digest,
    signer: bytesToHex(content.publicKey) as DeviceKey,
  };
  const outcome = dispatch(draft, call, context);
  if (!outcome.ok || fee === 0n) return outcome;
  const paid: DraftEvent = { kind: "feePaid", account: sender, amount: fee };
  return { ok: true, events: [paid, ...outcome.events] };
}

function dispatch<K extends TransactionKind>(draft: Draft, call: Call<K>, context: BlockContext): Outcome {
  const apply = APPLY[call.body.kind] as unknown as Apply<K>;
  return apply(draft, call, context);
}

/** The signature last: it is by far the most work. */
function envelopeProblem(
  draft: Draft,
  { transaction, hash, sender }: Hashed,
  { networkId, height, params, scheme }: BlockContext,
): Rejected | undefined {
  const { content, signature } = transaction;
  if (content.networkId !== networkId) {
    return reject({ code: "WRONG_NETWORK", expected: networkId, actual: content.networkId });
  }
  if (content.lastHeight < height) {
    return reject({ code: "TRANSACTION_EXPIRED", lastHeight: content.lastHeight, height });
  }
  const most = height + params.get("network.limits.MAX_TRANSACTION_LIFETIME");
  if (content.lastHeight > most) return reject({ code: "LAST_HEIGHT_TOO_FAR", lastHeight: content.lastHeight, most });
  const expected = accountIn(draft, sender).nonce;
  const actual = content.nonce;
  if (actual !== expected)
    return reject({ code: actual < expected ? "NONCE_STALE" : "NONCE_FUTURE", expected, actual });
  if (!scheme.verify(hash, signature, content.publicKey)) return reject({ code: "BAD_SIGNATURE", account: sender });
  return undefined;
}
