/** Brings blobs here from whoever has them. */
import type { PeerNetwork } from "@neuroshard/network";
import type { DeviceKey, Digest } from "@neuroshard/protocol";
import type { RoundBlobs } from "./roundPorts.ts";

export interface WantedBlob {
  readonly digest: Digest;
  readonly mostBytes: number;
  /** Asked first. */
  readonly holders: readonly DeviceKey[];
}

export class BlobFetcher {
  readonly #network: PeerNetwork;
  readonly #blobs: RoundBlobs;

  constructor(network: PeerNetwork, blobs: RoundBlobs) {
    this.#network = network;
    this.#blobs = blobs;
  }

  /** All of them are here when it resolves. Throws NetworkError, or the signal's reason. */
  async fetch(wanted: readonly WantedBlob[], signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const missing = wanted.filter(({ digest }) => !this.#blobs.has(digest));
    await Promise.all(
      missing.map(({ digest, mostBytes, holders }) => {
        const others = holders.filter((holder) => holder !== this.#network.device);
        return this.#network.fetchBlob({ digest, mostBytes, holders: others, signal });
      }),
    );
  }
}
