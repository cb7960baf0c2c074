/** What the node is, what it does and what it uses. */
import type { NodeView } from "../api/schemas/nodeViews.ts";
import type { CallOptions, Client } from "../client.ts";

export function getNode(client: Client, options?: CallOptions): Promise<NodeView> {
  return client.request("getNode", { params: {}, query: {} }, options);
}
