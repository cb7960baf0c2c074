/** The time of this machine, for transports between machines. Monotonic, so that a clock that is set does not matter. */
import type { Clock } from "./transport.ts";

export const realClock: Clock = {
  nowMs: () => performance.now(),
  after(ms, action) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};
