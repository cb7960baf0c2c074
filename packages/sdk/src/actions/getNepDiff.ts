/** What a proposal would change, beside what is in force. */
import type { NepDiffView } from "../api/schemas/nepViews.ts";
import type { CallOptions, Client } from "../client.ts";

export function getNepDiff(client: Client, nep: string, options?: CallOptions): Promise<NepDiffView> {
  return client.request("getNepDiff", { params: { nep }, query: {} }, options);
}
