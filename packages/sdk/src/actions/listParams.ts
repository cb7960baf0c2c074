/** All parameters as they were at a height, or are now. */
import type { ParamsView } from "../api/schemas/paramViews.ts";
import type { CallOptions, Client } from "../client.ts";

interface ParamQuery {
  readonly height?: number;
}

export function listParams(client: Client, query: ParamQuery = {}, options?: CallOptions): Promise<ParamsView> {
  return client.request("listParams", { params: {}, query }, options);
}
