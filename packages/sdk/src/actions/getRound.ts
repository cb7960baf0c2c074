/** One round: who trained what, what it came to, who audited whom. */
import type { RoundView } from "../api/schemas/roundViews.ts";
import type { CallOptions, Client } from "../client.ts";

/** Throws NeuroError NOT_FOUND for a round that has not opened yet, or was dropped from the state long ago. */
export function getRound(client: Client, round: number, options?: CallOptions): Promise<RoundView> {
  return client.request("getRound", { params: { round }, query: {} }, options);
}
