/** A block with its transactions and what they did. */
import type { BlockView } from "../api/schemas/blockViews.ts";
import type { CallOptions, Client } from "../client.ts";

export function getBlock(client: Client, height: number, options?: CallOptions): Promise<BlockView> {
  return client.request("getBlock", { params: { height }, query: {} }, options);
}
