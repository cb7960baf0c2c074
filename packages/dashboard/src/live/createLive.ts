/**
 * The node as the page sees it: whether it can be heard, its newest block, and what it answers, kept fresh with each
 * block. Where the stream of blocks breaks, it is opened again, and the node is asked at intervals meanwhile.
 */
import { type Client, getStatus, type StatusView, streamBlocks } from "@neuroshard/sdk";
import { type Readable, readonly, writable } from "svelte/store";
import { createResource, type Resource } from "./resource.ts";

export type Connection = "connecting" | "live" | "lost";

export interface Live {
  readonly client: Client;
  readonly connection: Readable<Connection>;
  /** Counts on with new blocks, at most once in `BEAT_MS`. */
  readonly beats: Readable<number>;
  readonly status: Resource<StatusView>;
  /** Something else that is asked anew at each beat. */
  resource<T>(load: (client: Client, signal: AbortSignal) => Promise<T>): Resource<T>;
  close(): void;
}

/** Blocks may come faster than anybody reads. */
const BEAT_MS = 1000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 10_000;

export function createLive(client: Client): Live {
  const connection = writable<Connection>("connecting");
  const beats = writable(0);
  const closing = new AbortController();
  const beat = atMostEvery(BEAT_MS, () => beats.update((count) => count + 1), closing.signal);
  const resource: Live["resource"] = (load) => createResource((signal) => load(client, signal), beats);
  void listen(client, { connection, beat, signal: closing.signal });
  return {
    client,
    connection: readonly(connection),
    beats: readonly(beats),
    status: resource(async (_client, signal) => {
      const status = await getStatus(client, { signal });
      // Whoever answers is there, even where the next block takes its time.
      connection.update((state) => (state === "connecting" ? "live" : state));
      return status;
    }),
    resource,
    close: () => closing.abort(new Error("the page is closed")),
  };
}

interface Ear {
  readonly connection: { set(state: Connection): void };
  readonly beat: () => void;
  readonly signal: AbortSignal;
}

/** Until it is aborted. */
async function listen(client: Client, { connection, beat, signal }: Ear): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    try {
      for await (const _block of streamBlocks(client, { signal })) {
        pauseMs = FIRST_PAUSE_MS;
        connection.set("live");
        beat();
      }
    } catch {
      // Whatever it was: what is asked below tells people about it.
    }
    if (signal.aborted) return;
    connection.set("lost");
    beat();
    await pause(pauseMs, signal);
    pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
  }
}

/** The first call acts at once, those that follow too soon come to one at the end of the interval. */
function atMostEvery(intervalMs: number, act: () => void, signal: AbortSignal): () => void {
  let isWaiting = false;
  let isDue = false;
  return function call(): void {
    if (signal.aborted) return;
    if (isWaiting) {
      isDue = true;
      return;
    }
    isWaiting = true;
    isDue = false;
    act();
    setTimeout(() => {
      isWaiting = false;
      if (isDue) call();
    }, intervalMs);
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
