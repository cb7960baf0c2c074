/** A node to talk to. What can be asked stands in `actions/`, one file each. */
import { callRoute, type Endpoint } from "./api/callRoute.ts";
import type { RouteAnswer, RouteId, RouteInput } from "./api/routes/routes.ts";

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** For routes that take one: the same request under the same key has the first answer again. */
  readonly idempotencyKey?: string | undefined;
}

export interface Client {
  readonly endpoint: Endpoint;
  /** Throws NeuroError. */
  request<Id extends RouteId>(id: Id, input: RouteInput<Id>, options?: CallOptions): Promise<RouteAnswer<Id>>;
}

export function createClient(endpoint: Endpoint): Client {
  return {
    endpoint,
    request(id, input, { signal, idempotencyKey: key } = {}) {
      const headers = key === undefined ? endpoint.headers : { ...endpoint.headers, "idempotency-key": key };
      return callRoute({ ...endpoint, headers }, id, input, signal);
    },
  };
}
