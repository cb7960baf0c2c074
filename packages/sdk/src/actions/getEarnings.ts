/** What an account has earned by day, and what each amount was for: round, slot and audit. */
import type { EarningsView } from "../api/schemas/earningsViews.ts";
import type { CallOptions, Client } from "../client.ts";

export interface EarningsQuery {
  /** How many days to tell one by one. */
  readonly days?: number;
  /** Of the reasons on the page. */
  readonly limit?: number;
  /** `reasons.next` of the page before. */
  readonly before?: string;
}

export function getEarnings(
  client: Client,
  address: string,
  query: EarningsQuery = {},
  options?: CallOptions,
): Promise<EarningsView> {
  return client.request("getEarnings", { params: { address }, query }, options);
}
