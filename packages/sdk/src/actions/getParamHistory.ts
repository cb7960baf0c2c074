/** Everything that a parameter has been. */
import type { ParamHistoryView } from "../api/schemas/paramViews.ts";
import type { CallOptions, Client } from "../client.ts";

export function getParamHistory(client: Client, key: string, options?: CallOptions): Promise<ParamHistoryView> {
  return client.request("getParamHistory", { params: { key }, query: {} }, options);
}
