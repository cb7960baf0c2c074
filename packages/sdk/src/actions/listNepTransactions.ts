/** What happened to a proposal: transactions about it and what blocks did with it, the newest first. */
import type { TransactionPage } from "../api/schemas/transactionViews.ts";
import type { CallOptions, Client } from "../client.ts";

interface TransactionQuery {
  readonly before?: string;
  readonly limit?: number;
}

export function listNepTransactions(
  client: Client,
  nep: string,
  query: TransactionQuery = {},
  options?: CallOptions,
): Promise<TransactionPage> {
  return client.request("listNepTransactions", { params: { nep }, query }, options);
}
