/** What the node writes texts with; empty before there is a model. */
import type { ServedModelList } from "../api/openAi/servedModelSchemas.ts";
import type { CallOptions, Client } from "../client.ts";

/** Throws NeuroError. */
export function listModels(client: Client, options?: CallOptions): Promise<ServedModelList> {
  return client.request("listServedModels", { params: {}, query: {} }, options);
}
