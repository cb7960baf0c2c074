/** How a node takes part in a network of peers: where it listens, whom it knows, what it does and how much of the machine it may use. */

export const NODE_ROLES = ["trainer", "validator", "observer"] as const;
export type NodeRole = (typeof NODE_ROLES)[number];

export interface PeerOptions {
  /** Multiaddresses. */
  readonly listen: readonly string[];
  /** Dialled beside those that the home remembers. */
  readonly peers: readonly string[];
  readonly roles: readonly NodeRole[];
  /** Of the training engine. */
  readonly threads: number;
  /** What the device offers, as the chain has it; a model that needs more is not trained. */
  readonly memoryMb: number;
  /** Room for blobs. */
  readonly storageBytes: number;
  /** Content of a swarm key. */
  readonly preSharedKey?: Uint8Array;
  /** Look for peers in the local network, map the port, use relays. */
  readonly isReachingOut: boolean;
}

/** Of a home. */
export const BLOB_FOLDER = "blobs";
