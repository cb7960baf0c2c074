/** The present place, as the address bar has it. */
import { type Readable, readable } from "svelte/store";
import { type Route, readRoute } from "./readRoute.ts";

export const route: Readable<Route> = readable(readRoute(location.hash), (set) => {
  const follow = (): void => set(readRoute(location.hash));
  follow();
  addEventListener("hashchange", follow);
  return () => removeEventListener("hashchange", follow);
});
