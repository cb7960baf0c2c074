/** How a vote stands. */
import type { TallyView } from "../api/schemas/nepViews.ts";
import type { CallOptions, Client } from "../client.ts";

export function getTally(client: Client, nep: string, options?: CallOptions): Promise<TallyView> {
  return client.request("getTally", { params: { nep }, query: {} }, options);
}
