/** A node to talk to. What can be asked stands in `actions/`, one file each. */
import { callRoute, type Endpoint } from "./api/callRoute.ts";
import type { RouteAnswer, RouteId, RouteInput } from "./api/routes/routes.ts";

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface Client {
  readonly endpoint: Endpoint;
  /** Throws NeuroError. */
  request<Id extends RouteId>(id: Id, input: RouteInput<Id>, options?: CallOptions): Promise<RouteAnswer<Id>>;
}

export function createClient(endpoint: Endpoint): Client {
  return {
    endpoint,
    request: (id, input, options = {}) => callRoute(endpoint, id, input, options.signal),
  };
}
