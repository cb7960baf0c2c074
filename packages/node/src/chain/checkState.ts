/**
 * The next block in the making, for CheckTx: each transaction is applied after those that were accepted before it. When
 * the proposal is just what was accepted here, it has been executed already.
 */
import {
  applyTransaction,
  type BegunBlock,
  beginBlock,
  blockLimits,
  bytesToHex,
  type Digest,
  type ExecutedBlock,
  type ExecuteOptions,
  figuresOf,
  finishBlock,
  type Receipt,
  receiptOf,
  type State,
  sha256,
} from "@neuroshard/protocol";
import type { CheckedTransaction } from "../consensus/engine.ts";

export class CheckState {
  readonly #begun: BegunBlock;
  readonly #options: ExecuteOptions;
  readonly #mostTransactionBytes: number;
  readonly #accepted: Uint8Array[] = [];
  readonly #receipts: Receipt[] = [];
  readonly #senders: ExecutedBlock["senders"][number][] = [];
  #bytes = 0;

  constructor(before: State, parent: Digest, options: ExecuteOptions) {
    this.#begun = beginBlock(before, parent, options.scheme);
    this.#options = options;
    this.#mostTransactionBytes = this.#begun.context.params.get("network.limits.MAX_TRANSACTION_BYTES");
  }

  check(bytes: Uint8Array): CheckedTransaction {
    if (bytes.length > this.#mostTransactionBytes) return tooLarge(bytes, this.#mostTransactionBytes);
    const { draft, context } = this.#begun;
    const { transactionId, sender, outcome } = applyTransaction(draft, bytes, context);
    if (!outcome.ok) return { transactionId, rejection: figuresOf(outcome.rejection) };
    this.#accepted.push(bytes);
    this.#receipts.push(receiptOf(transactionId, outcome));
    this.#senders.push(sender);
    this.#bytes += bytes.length;
    return { transactionId, rejection: undefined };
  }

  /** The block with all that was accepted, where that is what is asked for and it has room for it. Then this is over. */
  finish(candidates: readonly Uint8Array[]): ExecutedBlock | undefined {
    const { mostTransactions, mostBytes } = blockLimits(this.#begun.context.params);
    if (candidates.length !== this.#accepted.length || candidates.length > mostTransactions) return undefined;
    if (this.#bytes > mostBytes || candidates.some((bytes, index) => bytes !== this.#accepted[index])) return undefined;
    return finishBlock(this.#begun, { receipts: this.#receipts, senders: this.#senders }, this.#options);
  }
}

function tooLarge(bytes: Uint8Array, most: number): CheckedTransaction {
  const figures = [
    { name: "mostBytes", value: String(most) },
    { name: "bytes", value: String(bytes.length) },
  ];
  return { transactionId: bytesToHex(sha256(bytes)) as Digest, rejection: { code: "TRANSACTION_TOO_LARGE", figures } };
}
