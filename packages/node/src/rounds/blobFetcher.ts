/** Brings blobs here from whoever has them; who wants the same one at the same time shares one transfer. */
import type { PeerNetwork } from "@neuroshard/network";
import type { DeviceKey, Digest } from "@neuroshard/protocol";
import type { RoundBlobs } from "./roundPorts.ts";

export interface WantedBlob {
  readonly digest: Digest;
  readonly mostBytes: number;
  /** Asked first. */
  readonly holders: readonly DeviceKey[];
}

interface Transfer {
  readonly controller: AbortController;
  readonly done: Promise<void>;
  waiting: number;
}

export class BlobFetcher {
  readonly #network: PeerNetwork;
  readonly #blobs: RoundBlobs;
  readonly #transfers = new Map<Digest, Transfer>();

  constructor(network: PeerNetwork, blobs: RoundBlobs) {
    this.#network = network;
    this.#blobs = blobs;
  }

  /** All of them are here when it resolves. Throws NetworkError, or the signal's reason. */
  async fetch(wanted: readonly WantedBlob[], signal: AbortSignal): Promise<void> {
    await Promise.all(wanted.map((each) => this.#fetchOne(each, signal)));
  }

  async #fetchOne(wanted: WantedBlob, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { digest } = wanted;
    if (this.#blobs.has(digest)) return;
    const transfer = this.#transfers.get(digest) ?? this.#begin(wanted);
    transfer.waiting++;
    const { promise: left, reject } = Promise.withResolvers<never>();
    const leave = (): void => reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
    try {
      await Promise.race([transfer.done, left]);
    } finally {
      signal.removeEventListener("abort", leave);
      transfer.waiting--;
      if (transfer.waiting === 0) this.#end(digest, transfer);
    }
  }

  #begin({ digest, mostBytes, holders }: WantedBlob): Transfer {
    const controller = new AbortController();
    const { signal } = controller;
    const others = holders.filter((holder) => holder !== this.#network.device);
    const done = this.#network.fetchBlob({ digest, mostBytes, holders: others, signal });
    // Whoever waits for it sees how it ends; perhaps nobody waits any more.
    done.catch(() => undefined);
    const transfer: Transfer = { controller, done, waiting: 0 };
    this.#transfers.set(digest, transfer);
    return transfer;
  }

  #end(digest: Digest, transfer: Transfer): void {
    if (this.#transfers.get(digest) === transfer) this.#transfers.delete(digest);
    transfer.controller.abort(new Error("nobody needs it any more"));
  }
}
