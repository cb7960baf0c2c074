/** From the content of a transaction to the bytes that a node takes. */
import {
  bytesToHex,
  type Digest,
  encode,
  type TransactionContent,
  transaction,
  transactionHash,
} from "@neuroshard/protocol";
import type { Signer } from "./signer.ts";

export interface SignedBytes {
  readonly transactionId: Digest;
  readonly bytes: Uint8Array;
}

export async function signContent(content: TransactionContent, signer: Signer): Promise<SignedBytes> {
  const hash = transactionHash(content);
  const signature = await signer.sign(hash);
  return { transactionId: bytesToHex(hash) as Digest, bytes: encode(transaction, { content, signature }) };
}
