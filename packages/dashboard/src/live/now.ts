/** The present moment by this machine's clock, once a second, for everything that says how long ago something was. */
import { readable } from "svelte/store";

export const nowMs = readable(Date.now(), (set) => {
  set(Date.now());
  const timer = setInterval(() => set(Date.now()), 1000);
  return () => clearInterval(timer);
});
