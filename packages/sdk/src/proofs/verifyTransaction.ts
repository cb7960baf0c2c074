/** Whether a transaction and its receipt stand in a block that the network's sequencer has signed. */
import {
  bytesToHex,
  decode,
  decodeTransaction,
  type Header,
  hexToBytes,
  portableScheme,
  type Receipt,
  receipt as receiptCodec,
  type SignatureScheme,
  signedHeader as signedHeaderCodec,
  type TrustedNetwork,
  transactionHash,
  verifyItem,
  verifySignedHeader,
} from "@neuroshard/protocol";
import type { TransactionProofView } from "../api/schemas/proofViews.ts";

export interface TransactionQuestion {
  readonly transactionId: string;
  /** From a genesis that did not come from the node that is being checked. */
  readonly network: TrustedNetwork;
  readonly scheme?: SignatureScheme;
}

export type VerifiedTransaction =
  | { readonly ok: true; readonly header: Header; readonly receipt: Receipt }
  | { readonly ok: false; readonly reason: string };

/** Never throws, whatever the node has sent. */
export function verifyTransaction(
  view: TransactionProofView,
  { transactionId, network, scheme = portableScheme }: TransactionQuestion,
): VerifiedTransaction {
  const signed = decode(signedHeaderCodec, hexToBytes(view.signedHeader));
  if (!signed.ok) return { ok: false, reason: "there is no header" };
  const fault = verifySignedHeader(signed.value, network, scheme);
  if (fault !== undefined) return { ok: false, reason: `the header is not the network's (${fault.code})` };
  const { header } = signed.value;
  const bytes = hexToBytes(view.transaction);
  const transaction = decodeTransaction(bytes);
  const isAsked = transaction.ok && bytesToHex(transactionHash(transaction.value.content)) === transactionId;
  if (!isAsked) return { ok: false, reason: "the proof is of another transaction" };
  const receiptBytes = hexToBytes(view.receipt);
  const receipt = decode(receiptCodec, receiptBytes);
  const { transactionProof, receiptProof } = view;
  // The first receipt of a block is the block's own; then they follow the transactions.
  const isInPlace =
    receiptProof.index === transactionProof.index + 1 &&
    transactionProof.size === header.transactionCount &&
    verifyItem(header.transactionRoot, bytes, transactionProof) &&
    verifyItem(header.receiptRoot, receiptBytes, receiptProof);
  if (!isInPlace || !receipt.ok) return { ok: false, reason: "the proof does not lead to the header's roots" };
  return { ok: true, header, receipt: receipt.value };
}
