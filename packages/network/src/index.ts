/** Peers. Reading order: peerNetwork (what a node sees), topics, protocols, networkError; then what makes one. */

export { BLOB_LIMITS } from "./blobs/blobLimits.ts";
export { NetworkError, type NetworkErrorCode } from "./networkError.ts";
export { createPeerNetwork, type PeerNetworkOptions } from "./peer/createPeerNetwork.ts";
export { PEER_LIMITS } from "./peer/peerLimits.ts";
export { BAN_MS, BAN_POINTS, FORGIVEN_PER_MINUTE, PENALTY_POINTS } from "./peer/penalties.ts";
export type {
  BlobDepot,
  BlobFetch,
  Offence,
  PeerNetwork,
  PeerView,
  TrafficCounts,
  Verdict,
} from "./peerNetwork.ts";
export { PROTOCOLS, type ProtocolName, type RequestOf, type ResponseOf } from "./protocols.ts";
export { type MessageOf, TOPICS, type TopicName } from "./topics.ts";
export type { Clock } from "./transport.ts";
