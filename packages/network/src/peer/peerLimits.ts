/** Sizes, times and counts that hold for every peer. Those of single topics and protocols stand in their tables. Spec: spec/network.md#N5. */

export const PEER_LIMITS = {
  /** Streams of one peer that are answered at the same time; whoever keeps to `mostOwnStreams` never meets it. */
  mostServedStreams: 32,
  /** Requests that this node has under way with one peer; further ones wait. */
  mostOwnStreams: 16,
  /** Within this the whole request is here, however it trickles. */
  requestArrivalMs: 10_000,
  /** Part of a protocol's time, in hundredths, that a handler has: the refusal still arrives in time. */
  handlerTimeHundredths: 90,
  /** Within this the other side ends a stream on which all is said. */
  streamEndMs: 10_000,
  /** Seconds of a topic's rate that may come at once. */
  topicBurstSeconds: 5,
  /** Part of a protocol's rate, in hundredths, that this node itself makes use of: clocks and links are not even. */
  ownRateHundredths: 80,
  /** How long a peer that was turned away stays connected, so that it hears why. */
  goodbyeMs: 1_000,
  /** A peer that does not greet may not come back for this long. */
  noGreetingBanMs: 30_000,
  mostReasonBytes: 200,
} as const;
