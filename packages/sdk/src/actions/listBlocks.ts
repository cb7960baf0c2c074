/** Headers of blocks, the newest first. */
import type { BlockPage } from "../api/schemas/blockViews.ts";
import type { CallOptions, Client } from "../client.ts";

interface BlockQuery {
  readonly before?: number;
  readonly limit?: number;
}

export function listBlocks(client: Client, query: BlockQuery = {}, options?: CallOptions): Promise<BlockPage> {
  return client.request("listBlocks", { params: {}, query }, options);
}
