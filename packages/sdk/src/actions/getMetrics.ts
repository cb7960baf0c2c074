/** The figures of the node in the text format of Prometheus. */
import type { CallOptions, Client } from "../client.ts";

export function getMetrics(client: Client, options?: CallOptions): Promise<string> {
  return client.request("getMetrics", { params: {}, query: {} }, options);
}
