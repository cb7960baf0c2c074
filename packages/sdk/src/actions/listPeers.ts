/** The node's own addresses, and its peers. */
import type { PeersView } from "../api/schemas/networkViews.ts";
import type { CallOptions, Client } from "../client.ts";

export function listPeers(client: Client, options?: CallOptions): Promise<PeersView> {
  return client.request("listPeers", { params: {}, query: {} }, options);
}
