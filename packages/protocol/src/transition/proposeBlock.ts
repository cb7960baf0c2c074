/**
 * A proposer's block: the candidates in their order, without those that would be rejected and those that have no room.
 * What comes out is what `executeBlock` gives for the transactions that were taken.
 */
import type { State } from "../state/state.ts";
import type { Digest } from "../types/identifiers.ts";
import { applyTransaction } from "./applyTransaction.ts";
import { blockLimits } from "./blockLimits.ts";
import { beginBlock, type ExecutedBlock, type ExecuteOptions, finishBlock } from "./executeBlock.ts";
import type { Rejection } from "./outcome.ts";
import { receiptOf } from "./receipts.ts";

export interface ProposalInput {
  /** Hash of the header before; the network id at height 1. */
  readonly parent: Digest;
  readonly candidates: readonly Uint8Array[];
}

export interface ProposedBlock extends ExecutedBlock {
  readonly transactions: readonly Uint8Array[];
  readonly rejected: readonly RejectedCandidate[];
}

export interface RejectedCandidate {
  readonly transactionId: Digest;
  readonly rejection: Rejection;
}

export function proposeBlock(
  before: State,
  { parent, candidates }: ProposalInput,
  options: ExecuteOptions,
): ProposedBlock {
  const begun = beginBlock(before, parent, options.scheme);
  const { draft, context } = begun;
  const { mostTransactions, mostBytes } = blockLimits(context.params);
  let bytesLeft = mostBytes;
  const receipts = [];
  const senders = [];
  const transactions: Uint8Array[] = [];
  const rejected: RejectedCandidate[] = [];
  for (const bytes of candidates) {
    if (transactions.length >= mostTransactions || bytes.length > bytesLeft) break;
    const { transactionId, sender, outcome } = applyTransaction(draft, bytes, context);
    if (!outcome.ok) {
      rejected.push({ transactionId, rejection: outcome.rejection });
      continue;
    }
    bytesLeft -= bytes.length;
    transactions.push(bytes);
    senders.push(sender);
    receipts.push(receiptOf(transactionId, outcome));
  }
  return { ...finishBlock(begun, { receipts, senders }, options), transactions, rejected };
}
