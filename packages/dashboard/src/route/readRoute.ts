/** Where somebody is in the dashboard: `#/explorer/round/12` is page `explorer` at `round`, `12`. */

export interface Route {
  /** What stands first; empty at the entry. Whether there is such a page is for others to say. */
  readonly page: string;
  readonly rest: readonly string[];
}

/** Broken escapes stay as they are: they lead to nothing, and say so. */
export function readRoute(hash: string): Route {
  const [page = "", ...rest] = hash
    .replace(/^#?\/?/, "")
    .split("/")
    .map(decoded);
  return { page, rest: rest.filter((part) => part !== "") };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a place in the dashboard. */
export function linkTo(page: string, ...rest: readonly (string | number)[]): string {
  return `#/${[page, ...rest].map((part) => encodeURIComponent(part)).join("/")}`;
}
