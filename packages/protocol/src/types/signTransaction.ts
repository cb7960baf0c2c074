/** From what a sender wants to the bytes that a node takes. */
import { encode } from "../codec/codec.ts";
import { bytesToHex } from "../crypto/hash.ts";
import type { SignatureScheme } from "../crypto/signatureScheme.ts";
import type { AccountKey } from "../keys/accountKey.ts";
import type { Digest } from "./identifiers.ts";
import { type TransactionContent, transaction, transactionHash } from "./transaction.ts";

/** The key adds whose it is. */
export type UnsignedTransaction = Omit<TransactionContent, "publicKey">;

export interface SignedTransaction {
  readonly transactionId: Digest;
  readonly bytes: Uint8Array;
}

export function signTransaction(
  unsigned: UnsignedTransaction,
  { publicKey, privateKey }: AccountKey,
  scheme: SignatureScheme,
): SignedTransaction {
  const content: TransactionContent = { ...unsigned, publicKey };
  const hash = transactionHash(content);
  const bytes = encode(transaction, { content, signature: scheme.sign(hash, privateKey) });
  return { transactionId: bytesToHex(hash) as Digest, bytes };
}
