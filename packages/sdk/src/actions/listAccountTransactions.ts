/** What an account had to do with, the newest first. */
import type { TransactionPage } from "../api/schemas/transactionViews.ts";
import type { CallOptions, Client } from "../client.ts";

interface TransactionQuery {
  readonly before?: string;
  readonly limit?: number;
}

export function listAccountTransactions(
  client: Client,
  address: string,
  query: TransactionQuery = {},
  options?: CallOptions,
): Promise<TransactionPage> {
  return client.request("listAccountTransactions", { params: { address }, query }, options);
}
