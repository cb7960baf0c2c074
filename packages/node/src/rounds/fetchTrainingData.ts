/** The tokenizer and the tokens that a network trains on: named by the genesis, brought in from any peers, kept for good. */
import { setTimeout } from "node:timers/promises";
import { NetworkError, type PeerNetwork } from "@neuroshard/network";
import type { TrainingGenesis } from "@neuroshard/protocol";
import type { FileBlobStore } from "../blobs/fileBlobStore.ts";

export interface TrainingDataParts {
  readonly training: TrainingGenesis;
  readonly blobs: FileBlobStore;
  readonly network: PeerNetwork;
  readonly signal: AbortSignal;
  readonly onWaiting: (message: string) => void;
}

const RETRY_MS = 1000;

/** Rejects with the signal's reason, or NetworkError TOO_LARGE or NO_ROOM. */
export async function fetchTrainingData({
  training,
  blobs,
  network,
  signal,
  onWaiting,
}: TrainingDataParts): Promise<void> {
  let hasWaited = false;
  for (const { digest, bytes } of [training.tokenizer, training.trainTokens, training.validationTokens]) {
    // Not `has`: what is kept for good may have been damaged meanwhile, and nobody looks at it again.
    while ((await blobs.describe(digest)) === undefined) {
      try {
        await network.fetchBlob({ digest, mostBytes: bytes, holders: [], signal });
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof NetworkError) || error.code === "NO_ROOM" || error.code === "TOO_LARGE") throw error;
        if (!hasWaited) onWaiting("nobody who is connected has the training data; it is asked for until somebody does");
        hasWaited = true;
        await setTimeout(RETRY_MS, undefined, { signal });
      }
    }
    blobs.pin(digest);
  }
}
