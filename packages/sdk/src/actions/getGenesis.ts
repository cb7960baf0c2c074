/** How the network began. */
import type { GenesisView } from "../api/schemas/chainViews.ts";
import type { CallOptions, Client } from "../client.ts";

export function getGenesis(client: Client, options?: CallOptions): Promise<GenesisView> {
  return client.request("getGenesis", { params: {}, query: {} }, options);
}
