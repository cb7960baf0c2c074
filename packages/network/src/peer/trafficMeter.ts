/** Counts bytes on the wire by what they are for. */
import type { TrafficCounts } from "../peerNetwork.ts";

export class TrafficMeter {
  #counts = { blobBytesSent: 0, blobBytesReceived: 0, messageBytesSent: 0, messageBytesReceived: 0 };

  counts(): TrafficCounts {
    return { ...this.#counts };
  }

  /** Bound: readers and writers of frames get them as callbacks. */
  readonly sentBlob = (bytes: number): void => {
    this.#counts.blobBytesSent += bytes;
  };

  readonly receivedBlob = (bytes: number): void => {
    this.#counts.blobBytesReceived += bytes;
  };

  readonly sentMessage = (bytes: number): void => {
    this.#counts.messageBytesSent += bytes;
  };

  readonly receivedMessage = (bytes: number): void => {
    this.#counts.messageBytesReceived += bytes;
  };
}
