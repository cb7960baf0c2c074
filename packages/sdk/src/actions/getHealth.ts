/** Whether the node is well. Throws NeuroError UNAVAILABLE with the reason where it is not. */
import type { HealthView } from "../api/schemas/nodeViews.ts";
import type { CallOptions, Client } from "../client.ts";

export function getHealth(client: Client, options?: CallOptions): Promise<HealthView> {
  return client.request("getHealth", { params: {}, query: {} }, options);
}
