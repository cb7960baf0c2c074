/** What became of a transaction. */
import type { TransactionView } from "../api/schemas/transactionViews.ts";
import type { CallOptions, Client } from "../client.ts";

export function getTransaction(client: Client, id: string, options?: CallOptions): Promise<TransactionView> {
  return client.request("getTransaction", { params: { id }, query: {} }, options);
}
