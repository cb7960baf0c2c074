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

/** A signal that is aborted with `signal`, or after the time; `done` ends the clock's part. */
export function withTimeout(
  clock: Clock,
  ms: number,
  signal: AbortSignal,
): { readonly signal: AbortSignal; done(): void } {
  const controller = new AbortController();
  const stop = (): void => controller.abort(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  const cancel = clock.after(ms, () => controller.abort(new Error("it took too long")));
  return {
    signal: controller.signal,
    done() {
      cancel();
      signal.removeEventListener("abort", stop);
    },
  };
}
