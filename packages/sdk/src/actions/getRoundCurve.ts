/** How the loss fell over all rounds, thinned to so many points. */
import type { CurveView } from "../api/schemas/curveViews.ts";
import type { CallOptions, Client } from "../client.ts";

export function getRoundCurve(
  client: Client,
  query: { readonly points?: number } = {},
  options?: CallOptions,
): Promise<CurveView> {
  return client.request("getRoundCurve", { params: {}, query }, options);
}
