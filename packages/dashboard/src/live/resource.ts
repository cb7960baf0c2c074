/** Something that a node answers, kept fresh while somebody looks at it. */
import { type Readable, readable } from "svelte/store";

export interface Loaded<T> {
  /** The newest answer; it stays while a later one fails. */
  readonly value: T | undefined;
  /** Why the last try failed. */
  readonly error: unknown;
}

export interface Resource<T> extends Readable<Loaded<T>> {
  /** Asks again at once, where somebody looks. */
  refresh(): void;
}

const NOTHING: Loaded<never> = { value: undefined, error: undefined };

/** Asks when the first one looks, and at each of the `beats`; never twice at the same time. */
export function createResource<T>(load: (signal: AbortSignal) => Promise<T>, beats: Readable<unknown>): Resource<T> {
  let ask: () => void = () => undefined;
  const { subscribe } = readable<Loaded<T>>(NOTHING, (_set, update) => {
    const controller = new AbortController();
    const { signal } = controller;
    let isAsking = false;
    let isDue = false;
    async function run(): Promise<void> {
      isDue = isAsking;
      if (isAsking) return;
      isAsking = true;
      try {
        const value = await load(signal);
        if (!signal.aborted) update(() => ({ value, error: undefined }));
      } catch (error) {
        if (!signal.aborted) update(({ value }) => ({ value, error }));
      } finally {
        isAsking = false;
      }
      if (isDue && !signal.aborted) await run();
    }
    ask = () => void run();
    const stop = beats.subscribe(() => void run());
    return () => {
      ask = () => undefined;
      stop();
      controller.abort(new Error("nobody looks any more"));
    };
  });
  return { subscribe, refresh: () => ask() };
}
