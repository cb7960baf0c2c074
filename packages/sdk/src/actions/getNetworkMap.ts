/** The devices of the network, and what each of them does now. */
import type { NetworkMapView } from "../api/schemas/networkMapViews.ts";
import type { CallOptions, Client } from "../client.ts";

export function getNetworkMap(client: Client, options?: CallOptions): Promise<NetworkMapView> {
  return client.request("getNetworkMap", { params: {}, query: {} }, options);
}
