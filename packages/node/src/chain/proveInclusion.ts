/** From a transaction and its receipt to the roots that the header of their block signs. */
import {
  type Block,
  encode,
  type ListProof,
  proveItem,
  type Receipt,
  receipt as receiptCodec,
  type SignedHeader,
} from "@neuroshard/protocol";

/** Both check with `verifyItem` against `transactionRoot` and `receiptRoot` of the header. */
export interface TransactionProof {
  readonly signedHeader: SignedHeader;
  readonly transaction: ProvenBytes;
  readonly receipt: ProvenBytes;
}

export interface ProvenBytes {
  readonly bytes: Uint8Array;
  readonly proof: ListProof;
}

/** `index` counts receipts, of which the first is the block's own. */
export function proveInclusion(
  { signedHeader, transactions }: Block,
  receipts: readonly Receipt[],
  index: number,
): TransactionProof {
  const encodedReceipts = receipts.map((each) => encode(receiptCodec, each));
  return {
    signedHeader,
    transaction: proven(transactions, index - 1),
    receipt: proven(encodedReceipts, index),
  };
}

function proven(items: readonly Uint8Array[], index: number): ProvenBytes {
  return { bytes: items[index]!, proof: proveItem(items, index) };
}
