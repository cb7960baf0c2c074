/**
 * Who may ask. A page of another site must not use the browser of whoever runs a node: not by its own origin, and not by
 * a name of its own that it lets point at this machine (DNS rebinding). Such a name is no address and not `localhost`.
 */
import { isIP } from "node:net";

export interface OriginHeaders {
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

export interface OriginRules {
  /** Host names by which this node is reached besides addresses and `localhost`. */
  readonly hostNames: readonly string[];
  /** Other sites whose pages may ask, in the form of the header: `https://app.example`. */
  readonly corsOrigins: readonly string[];
}

/** `own`: no page, or one of this node. `foreign`: a page of a site that the operator has named. */
export type OriginAnswer =
  | { readonly kind: "own" }
  | { readonly kind: "foreign"; readonly origin: string }
  | { readonly kind: "refused"; readonly reason: string };

export function checkOrigin({ host, origin }: OriginHeaders, { hostNames, corsOrigins }: OriginRules): OriginAnswer {
  const asked = host === undefined ? undefined : parse(`http://${host}`);
  if (asked === undefined) return refusedFor("the request does not say which host it is for");
  const name = asked.hostname;
  const isAddress = isIP(name.replace(/^\[|\]$/g, "")) !== 0;
  if (!isAddress && name !== "localhost" && !hostNames.includes(name)) {
    return refusedFor(`the request is for host ${name.slice(0, 64)}, which is no name of this node`);
  }
  if (origin === undefined || parse(origin)?.host === asked.host) return { kind: "own" };
  if (corsOrigins.includes(origin)) return { kind: "foreign", origin };
  return refusedFor("the request comes from a page of another site");
}

function refusedFor(reason: string): OriginAnswer {
  return { kind: "refused", reason };
}

function parse(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}
