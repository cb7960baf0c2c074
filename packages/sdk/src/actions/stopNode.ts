/** Stops the node in order. Needs a token with the scope admin. */
import type { StoppingView } from "../api/schemas/nodeViews.ts";
import type { CallOptions, Client } from "../client.ts";

export function stopNode(client: Client, options?: CallOptions): Promise<StoppingView> {
  return client.request("stopNode", { params: {}, query: {} }, options);
}
