/** Who voted how. */
import type { VotePage } from "../api/schemas/nepViews.ts";
import type { CallOptions, Client } from "../client.ts";

interface VoteQuery {
  readonly offset?: number;
  readonly limit?: number;
}

export function listVotes(
  client: Client,
  nep: string,
  query: VoteQuery = {},
  options?: CallOptions,
): Promise<VotePage> {
  return client.request("listVotes", { params: { nep }, query }, options);
}
