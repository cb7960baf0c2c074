/** Routes about the node among its peers. */
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
} as const satisfies Readonly<Record<string, Route>>;
