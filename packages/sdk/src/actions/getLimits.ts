/** How much of the machine the node may use. */
import type { LimitsView } from "../api/schemas/nodeViews.ts";
import type { CallOptions, Client } from "../client.ts";

export function getLimits(client: Client, options?: CallOptions): Promise<LimitsView> {
  return client.request("getLimits", { params: {}, query: {} }, options);
}
