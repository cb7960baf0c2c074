/** Sizes, times and counts of blob transfer. Spec: spec/network.md#N5. */

const MEGABYTE = 1_048_576;

export const BLOB_LIMITS = {
  /** Longer ones are neither asked for nor given. */
  mostBlobBytes: 65_536 * MEGABYTE,
  mostQuestionBytes: 64,
  /** Chunks that one question may ask for. */
  mostTakenChunks: 4,
  /** Chunks that one source owes at most; what is in flight is this times the sources. */
  mostOwedChunks: 8,
  mostSources: 4,
  /** Blobs that come in at the same time; further ones wait. */
  mostFetches: 4,
  openMs: 10_000,
  /** A chunk that is asked for has come within this, however it trickles; and one that is sent has been taken. */
  chunkMs: 30_000,
  /** Whoever has a stream and asks nothing. */
  idleMs: 30_000,
  /** After this another source is asked for the same chunk. */
  stealAfterMs: 2_000,
  /** The next peer is asked although those before it have not answered yet. */
  askNextAfterMs: 500,
  /** Broken streams in a row after which a source is given up. */
  mostFailures: 5,
  /** And so many times that it puts this node off. */
  mostRefusals: 100,
  retryAfterFailureMs: 500,
  /** What a source can make this node wait. */
  mostRetryMs: 60_000,
  uploadsOfOnePeer: 4,
  uploadsOfAll: 16,
  uploadBytesPerMinute: 4096 * MEGABYTE,
  openingsPerMinute: 600,
  busyRetryMs: 1_000,
} as const;
