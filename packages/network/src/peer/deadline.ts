/** Time limits, on the clock of the transport. */
import type { ByteStream, Clock } from "../transport.ts";
import { PeerFault } from "./peerFault.ts";

/**
 * The result of `work`, unless it takes longer than `ms`: then the stream is ended and PeerFault `too-slow` thrown.
 * A byte now and then does not move the limit.
 */
export async function within<T>(
  { clock, stream }: { readonly clock: Clock; readonly stream?: ByteStream },
  ms: number,
  work: Promise<T>,
): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const cancel = clock.after(ms, () => {
    const fault = new PeerFault("too-slow", `the peer took longer than ${ms / 1000} s`);
    reject(fault);
    stream?.abort(fault);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
    // Whoever lost the race may still fail: nobody waits for it any more.
    work.catch(() => undefined);
  }
}

/** Throws the signal's reason as soon as it is aborted. */
export async function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const cancel = clock.after(ms, resolve);
  const abort = (): void => reject(signal?.reason);
  signal?.addEventListener("abort", abort);
  try {
    await promise;
  } finally {
    cancel();
    signal?.removeEventListener("abort", abort);
  }
}

/** The result of `work`, unless the signal is aborted first: then its reason is thrown. `work` goes on, unheard. */
export async function unlessAborted<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  if (signal === undefined) return await work;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener("abort", abort);
  if (signal.aborted) abort();
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
    work.catch(() => undefined);
  }
}
