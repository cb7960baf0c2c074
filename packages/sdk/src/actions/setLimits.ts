/** Changes how much of the machine the node may use; what is left out stays. Needs a token with the scope admin. */
import type { LimitsChange, LimitsView } from "../api/schemas/nodeViews.ts";
import type { CallOptions, Client } from "../client.ts";

/** Gives the limits that are in force now. */
export function setLimits(client: Client, change: LimitsChange, options?: CallOptions): Promise<LimitsView> {
  return client.request("setLimits", { params: {}, query: {}, body: change }, options);
}
