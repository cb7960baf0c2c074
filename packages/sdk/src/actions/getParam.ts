/** One parameter as it was at a height, or is now. */
import type { ParamView } from "../api/schemas/paramViews.ts";
import type { CallOptions, Client } from "../client.ts";

interface ParamQuery {
  readonly height?: number;
}

export function getParam(
  client: Client,
  key: string,
  query: ParamQuery = {},
  options?: CallOptions,
): Promise<ParamView> {
  return client.request("getParam", { params: { key }, query }, options);
}
