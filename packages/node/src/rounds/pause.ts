/** Waiting on a clock that may be virtual. */
import type { Clock } from "@neuroshard/network";

/** Resolves after the time, or at once when the signal is aborted; whoever waits looks at the signal. */
export async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = (): void => resolve();
  signal.addEventListener("abort", stop, { once: true });
  const cancel = clock.after(ms, stop);
  await promise;
  cancel();
  signal.removeEventListener("abort", stop);
}

/** A signal that is aborted with `signal`, or after the time; `over` resolves then. `done` ends the clock's part. */
export function withTimeout(
  clock: Clock,
  ms: number,
  signal: AbortSignal,
): { readonly signal: AbortSignal; readonly over: Promise<void>; done(): void } {
  const controller = new AbortController();
  const { promise: over, resolve } = Promise.withResolvers<void>();
  controller.signal.addEventListener("abort", () => resolve(), { once: true });
  const stop = (): void => controller.abort(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  const cancel = clock.after(ms, () => controller.abort(new Error("it took too long")));
  return {
    ...{ signal: controller.signal, over },
    done() {
      cancel();
      signal.removeEventListener("abort", stop);
    },
  };
}
