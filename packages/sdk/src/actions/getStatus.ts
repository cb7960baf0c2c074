/** Where the network stands. */
import type { StatusView } from "../api/schemas/chainViews.ts";
import type { CallOptions, Client } from "../client.ts";

export function getStatus(client: Client, options?: CallOptions): Promise<StatusView> {
  return client.request("getStatus", { params: {}, query: {} }, options);
}
