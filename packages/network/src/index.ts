/** Peers. Reading order: peerNetwork (what a node sees), topics, protocols, networkError; then what makes one. */

export { BLOB_LIMITS } from "./blobs/blobLimits.ts";
export { createLibp2pTransport } from "./libp2p/createLibp2pTransport.ts";
export type { Libp2pOptions } from "./libp2p/createNode.ts";
export { LIBP2P_LIMITS } from "./libp2p/libp2pLimits.ts";
export type { LinkConditions } from "./memory/link.ts";
export { MemoryNetwork, type MemoryNetworkOptions } from "./memory/memoryNetwork.ts";
export type { MemoryTransport } from "./memory/memoryTransport.ts";
export { VirtualClock } from "./memory/virtualClock.ts";
export { NetworkError, type NetworkErrorCode } from "./networkError.ts";
export { askGenesis } from "./peer/askGenesis.ts";
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
export { realClock } from "./realClock.ts";
export { type MessageOf, TOPICS, type TopicName } from "./topics.ts";
export type { ByteStream, Clock, Transport } from "./transport.ts";
