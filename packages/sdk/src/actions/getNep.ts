/** A proposal by id, label or number: its text and all that the chain knows of it. */
import type { NepView } from "../api/schemas/nepViews.ts";
import type { CallOptions, Client } from "../client.ts";

export function getNep(client: Client, nep: string, options?: CallOptions): Promise<NepView> {
  return client.request("getNep", { params: { nep }, query: {} }, options);
}
