/** Routes about the node among its peers. */
import { networkMapView } from "../schemas/networkMapViews.ts";
import { peersView } from "../schemas/networkViews.ts";
import { NOTHING, type Route } from "./route.ts";

export const networkRoutes = {
  listPeers: {
    method: "GET",
    path: "/api/v1/peers",
    group: "network",
    scope: "read",
    summary: "Under which addresses this node can be reached, and with whom it is connected",
    params: NOTHING,
    query: NOTHING,
    body: null,
    answer: { kind: "json", schema: peersView },
    errors: [],
  },
  getNetworkMap: {
    method: "GET",
    path: "/api/v1/network/map",
    group: "network",
    scope: "read",
    summary: "The devices of the network: whose they are, what they do now, who is reached",
    params: NOTHING,
    query: NOTHING,
    body: null,
    answer: { kind: "json", schema: networkMapView },
    errors: [],
  },
} as const satisfies Readonly<Record<string, Route>>;
