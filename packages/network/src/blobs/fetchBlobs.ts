/** Blobs that are fetched: not too many at a time, and none twice. */
import type { Digest } from "@neuroshard/protocol";
import { Turnstile } from "../peer/turnstile.ts";
import type { BlobFetch } from "../peerNetwork.ts";
import { BlobDownload, type DownloadPorts } from "./blobDownload.ts";
import { BLOB_LIMITS } from "./blobLimits.ts";

const EVERYBODY = "all";

export class BlobFetcher {
  readonly #ports: DownloadPorts;
  readonly #stopped = new AbortController();
  readonly #turns = new Turnstile(BLOB_LIMITS.mostFetches);
  readonly #ofDigest = new Turnstile(1);

  constructor(ports: DownloadPorts) {
    this.#ports = ports;
  }

  /** See PeerNetwork.fetchBlob. */
  async fetch(wanted: BlobFetch): Promise<void> {
    const signal = AbortSignal.any([wanted.signal, this.#stopped.signal]);
    const leaveDigest = await this.#ofDigest.enter(wanted.digest, signal);
    try {
      const leave = await this.#turns.enter(EVERYBODY, signal);
      try {
        if (await this.#isHere(wanted.digest)) return;
        signal.throwIfAborted();
        await new BlobDownload(this.#ports, { ...wanted, signal }).run();
      } finally {
        leave();
      }
    } finally {
      leaveDigest();
    }
  }

  /** All that is under way ends with `reason`. */
  stop(reason: Error): void {
    this.#stopped.abort(reason);
  }

  async #isHere(digest: Digest): Promise<boolean> {
    return (await this.#ports.depot.describe(digest)) !== undefined;
  }
}
