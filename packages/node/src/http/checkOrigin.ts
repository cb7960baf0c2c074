/**
 * Who may ask. A page of another site must not use the browser of whoever runs a node: not by its own origin, and not by
 * a name of its own that it lets point at this machine (DNS rebinding). Such a name is no address and not `localhost`.
 */
import { isIP } from "node:net";

export interface OriginHeaders {
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

/** Why not; undefined: it may. `names`: host names by which this node is reached besides addresses and `localhost`. */
export function originProblem({ host, origin }: OriginHeaders, names: readonly string[]): string | undefined {
  const asked = host === undefined ? undefined : parse(`http://${host}`);
  if (asked === undefined) return "the request does not say which host it is for";
  const name = asked.hostname;
  const isAddress = isIP(name.replace(/^\[|\]$/g, "")) !== 0;
  if (!isAddress && name !== "localhost" && !names.includes(name)) {
    return `the request is for host ${name.slice(0, 64)}, which is no name of this node`;
  }
  if (origin === undefined || parse(origin)?.host === asked.host) return undefined;
  return "the request comes from a page of another site";
}

function parse(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}
