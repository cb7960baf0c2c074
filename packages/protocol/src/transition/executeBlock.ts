/**
 * A block's work, in this order: the beacon, what is due to proposals, the transactions one by one, what is due to rounds,
 * audits and pay, and the new state.
 * Pure: the same state and transactions give the same state and receipts on every machine. Begin and end do bounded work.
 */

import { advanceAudits } from "../audits/advanceAudits.ts";
import { bytesToHex, concatBytes, hexToBytes, sha256 } from "../crypto/hash.ts";
import type { SignatureScheme } from "../crypto/signatureScheme.ts";
import { advanceProposals } from "../governance/advanceProposals.ts";
import { auditSupply } from "../ledger/supply.ts";
import { paramsInDraft } from "../params/paramsOfState.ts";
import { payRounds } from "../rewards/payRounds.ts";
import { advanceRounds } from "../rounds/advanceRounds.ts";
import { Draft, type TableChanges } from "../state/draft.ts";
import { type State, stateRoot } from "../state/state.ts";
import type { AccountId, Digest } from "../types/identifiers.ts";
import { applyTransaction } from "./applyTransaction.ts";
import type { BlockContext } from "./context.ts";
import type { DraftEvent, Receipt } from "./events.ts";
import { blockReceipt, receiptOf } from "./receipts.ts";

export interface BlockInput {
  /** Hash of the header before; the network id at height 1. */
  readonly parent: Digest;
  readonly transactions: readonly Uint8Array[];
}

export interface ExecuteOptions {
  readonly scheme: SignatureScheme;
  /** Counts all tokens anew after the block, O(accounts): for tests and for those who doubt. */
  readonly isAudited?: boolean;
}

export interface ExecutedBlock {
  readonly state: State;
  readonly stateRoot: Digest;
  /** The first is of the block itself; then one a transaction. */
  readonly receipts: readonly Receipt[];
  /** Of the transactions, in their order; undefined where the bytes are no transaction. */
  readonly senders: readonly (AccountId | undefined)[];
  readonly changes: TableChanges;
}

export function executeBlock(
  before: State,
  { parent, transactions }: BlockInput,
  options: ExecuteOptions,
): ExecutedBlock {
  const begun = beginBlock(before, parent, options.scheme);
  const receipts = [];
  const senders = [];
  for (const bytes of transactions) {
    const { transactionId, sender, outcome } = applyTransaction(begun.draft, bytes, begun.context);
    receipts.push(receiptOf(transactionId, outcome));
    senders.push(sender);
  }
  return finishBlock(begun, { receipts, senders }, options);
}

/** What is due after the transactions of a block, the state then, and its root. `receipts`: one a transaction. */
export function finishBlock(
  { draft, context, events }: BegunBlock,
  { receipts, senders }: Pick<ExecutedBlock, "receipts" | "senders">,
  { isAudited }: ExecuteOptions,
): ExecutedBlock {
  const due = [...advanceRounds(draft, context), ...advanceAudits(draft, context), ...payRounds(draft, context)];
  const state = draft.commit();
  if (isAudited === true) {
    const problem = auditSupply(state);
    const { height } = state.cells.head;
    if (problem !== undefined) throw new Error(`internal: supply broken at height ${height}: ${problem}`);
  }
  const all = [blockReceipt([...events, ...due]), ...receipts];
  return { state, stateRoot: stateRoot(state), receipts: all, senders, changes: draft.changes };
}

export interface BegunBlock {
  readonly draft: Draft;
  readonly context: BlockContext;
  readonly events: readonly DraftEvent[];
}

/** The block after `before`, ready for its transactions. Also how a mempool asks what a transaction would do. */
export function beginBlock(before: State, parent: Digest, scheme: SignatureScheme): BegunBlock {
  const { networkId } = before.cells.network;
  const { height: lastHeight, beacon } = before.cells.head;
  const height = lastHeight + 1;
  const draft = new Draft(before);
  const nextBeacon = bytesToHex(sha256(concatBytes(hexToBytes(beacon), hexToBytes(parent)))) as Digest;
  draft.setCell("head", { height, parent, beacon: nextBeacon });
  const events = advanceProposals(draft, height);
  // Only now: a proposal that activates at this height rules this block.
  const params = paramsInDraft(draft, height);
  return { draft, context: { height, networkId, params, scheme }, events };
}
