/** Proof that a block holds a transaction; `verifyTransaction` checks it. */
import type { TransactionProofView } from "../api/schemas/proofViews.ts";
import type { CallOptions, Client } from "../client.ts";

export function getTransactionProof(client: Client, id: string, options?: CallOptions): Promise<TransactionProofView> {
  return client.request("getTransactionProof", { params: { id }, query: {} }, options);
}
