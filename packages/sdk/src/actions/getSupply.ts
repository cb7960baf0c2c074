/** How many tokens there are, by where they are. */
import type { SupplyView } from "../api/schemas/chainViews.ts";
import type { CallOptions, Client } from "../client.ts";

export function getSupply(client: Client, options?: CallOptions): Promise<SupplyView> {
  return client.request("getSupply", { params: {}, query: {} }, options);
}
