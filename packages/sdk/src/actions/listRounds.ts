/** Rounds of training, the newest first. */
import type { RoundsView } from "../api/schemas/roundViews.ts";
import type { CallOptions, Client } from "../client.ts";

export interface RoundsQuery {
  readonly limit?: number;
  /** Only rounds before this one. */
  readonly before?: number;
}

export function listRounds(client: Client, query: RoundsQuery = {}, options?: CallOptions): Promise<RoundsView> {
  return client.request("listRounds", { params: {}, query }, options);
}
