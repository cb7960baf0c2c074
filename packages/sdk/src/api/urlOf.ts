/** The address of a route: its parameters filled in, its query in the order of the contract. */
import { ROUTES, type RouteId, type RouteInput } from "./routes/routes.ts";

/** Path and query. */
export function urlOf<Id extends RouteId>(id: Id, { params, query }: RouteInput<Id>): string {
  const values = params as Readonly<Record<string, string | number>>;
  const path = ROUTES[id].path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  const text = search.toString();
  return `${path}${text === "" ? "" : `?${text}`}`;
}
