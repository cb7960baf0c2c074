/** Proposals, the newest first. */
import type { NepStatus, NepType } from "@neuroshard/protocol";
import type { NepPage } from "../api/schemas/nepViews.ts";
import type { CallOptions, Client } from "../client.ts";

interface NepQuery {
  readonly status?: NepStatus;
  readonly type?: NepType;
  readonly before?: number;
  readonly limit?: number;
}

export function listNeps(client: Client, query: NepQuery = {}, options?: CallOptions): Promise<NepPage> {
  return client.request("listNeps", { params: {}, query }, options);
}
