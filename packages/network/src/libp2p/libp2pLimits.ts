/** What the libp2p node takes on at most. Listed in LIMITS.md. */

const MEBIBYTE = 1_048_576;

export const LIBP2P_LIMITS = {
  mostConnections: 300,
  /** Connections from one address that may come in within a second. */
  inboundPerSecond: 20,
  mostPendingInbound: 20,
  mostStreamsOfProtocol: 128,
  dialMs: 10_000,
  openStreamMs: 10_000,
  /** A packet of gossip. It can hold several messages, which have limits of their own. */
  mostGossipBytes: 2 * MEBIBYTE,
  /** Addresses of a peer that are remembered. */
  mostAnnouncedAddresses: 16,
  /** What may wait on a stream before its writer has to wait. */
  firstWindowBytes: MEBIBYTE,
  mostWindowBytes: 16 * MEBIBYTE,
  /** Must be above the window: a paused stream is reset where it is not. */
  mostReadBufferBytes: 32 * MEBIBYTE,
  /** Received and not yet read, above which the other side is asked to pause. */
  pauseAboveBytes: 2 * MEBIBYTE,
  /** All connections together, in each direction; one read of each may go beyond it. */
  bytesPerTurn: 262_144,
  /** In four full packets of Noise with the header of yamux: a few bytes more would cost a packet of their own. */
  writePieceBytes: 4 * 65_519 - 12,
  relayReservations: 32,
  relayBytes: 1024 * MEBIBYTE,
  relayMs: 3_600_000,
} as const;
