/** The newest model of the network. Throws NeuroError MODEL_NOT_READY where there is none. */
import type { ModelView } from "../api/schemas/modelViews.ts";
import type { CallOptions, Client } from "../client.ts";

export function getModel(client: Client, options?: CallOptions): Promise<ModelView> {
  return client.request("getModel", { params: {}, query: {} }, options);
}
