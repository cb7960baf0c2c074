/** What a browser is told about a page of another site that may ask: the answer before the request, and the headers with it. */
import type { IncomingHttpHeaders } from "node:http";

const METHODS = "GET, POST, PUT, DELETE";
const EXPOSED = "retry-after, www-authenticate, idempotency-replayed, x-neuroshard-model";
const MAX_AGE_SECONDS = "600";
/** There are no cookies and no other rights that a browser adds by itself: any header may come. */
const HEADER_NAMES = /^[A-Za-z0-9-]+(?:, ?[A-Za-z0-9-]+)*$/;
const MOST_HEADERS = 2048;

export function corsHeaders(origin: string): Readonly<Record<string, string>> {
  return { "access-control-allow-origin": origin, "access-control-expose-headers": EXPOSED, vary: "origin" };
}

export function isPreflight(method: string, headers: IncomingHttpHeaders): boolean {
  return method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
}

export function preflightHeaders(origin: string, asked: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const names = String(asked["access-control-request-headers"] ?? "");
  const isReadable = names.length <= MOST_HEADERS && HEADER_NAMES.test(names);
  return {
    "access-control-allow-origin": origin,
    "access-control-allow-methods": METHODS,
    ...(isReadable && { "access-control-allow-headers": names }),
    // A page of the open web may ask a node in a private network only if the node says so.
    ...(asked["access-control-request-private-network"] === "true" && {
      "access-control-allow-private-network": "true",
    }),
    "access-control-max-age": MAX_AGE_SECONDS,
    vary: "origin, access-control-request-headers",
  };
}
