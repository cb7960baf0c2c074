/**
 * What a node sees of the others, whatever carries the bytes: js-libp2p between machines, memory and virtual time in
 * simulations. Peers are named by their device key, which is also their key on the wire.
 */
import type { DeviceKey, Digest } from "@neuroshard/protocol";
import type { ProtocolName, RequestOf, ResponseOf } from "./protocols.ts";
import type { MessageOf, TopicName } from "./topics.ts";

export interface PeerView {
  readonly device: DeviceKey;
  readonly addresses: readonly string[];
  /** What it said when we met. */
  readonly softwareVersion: string;
  readonly headHeight: number;
  readonly latencyMs: number | undefined;
}

/** What a handler thinks of a message: `accept` passes it on, `ignore` does not, `reject` also counts against its sender. */
export type Verdict = "accept" | "ignore" | "reject";

/** What a peer did wrong, and what it costs: see LIMITS.md. */
export type Offence =
  | "malformed"
  | "oversize"
  | "wrong-digest"
  | "unsolicited"
  | "too-many-requests"
  | "too-slow"
  | "invalid-message"
  | "wrong-network"
  | "old-protocol";

export interface BlobFetch {
  readonly digest: Digest;
  /** Most bytes that are taken; a longer blob is refused before it is transferred. */
  readonly mostBytes: number;
  /** Asked first; then everybody who is connected. */
  readonly holders: readonly DeviceKey[];
  readonly signal: AbortSignal;
  readonly onProgress?: (bytes: number) => void;
}

/** Where blobs of this node come from and go to. Chunks are of CHUNK_BYTES; the store has checked what it gives. */
export interface BlobDepot {
  /** Leaf hashes of the chunks of a whole blob, and its length; undefined where it is not here. */
  describe(digest: Digest): Promise<{ readonly bytes: number; readonly hashes: readonly Uint8Array[] } | undefined>;
  readChunk(digest: Digest, index: number): Promise<Uint8Array | undefined>;
  /** Begins or resumes an incoming blob: which chunks are here already. Throws where there is no room. */
  begin(
    digest: Digest,
    description: { readonly bytes: number; readonly hashes: readonly Uint8Array[] },
  ): Promise<ReadonlySet<number>>;
  /** The chunk has been checked against its hash. */
  writeChunk(digest: Digest, index: number, chunk: Uint8Array): Promise<void>;
  /** All chunks are there: from now on it is a whole blob. */
  finish(digest: Digest): Promise<void>;
}

/** Bytes on the wire since the start, by what they were for. */
export interface TrafficCounts {
  readonly blobBytesSent: number;
  readonly blobBytesReceived: number;
  readonly messageBytesSent: number;
  readonly messageBytesReceived: number;
}

export interface PeerNetwork {
  readonly device: DeviceKey;
  /** Addresses under which others can reach this node. */
  readonly addresses: readonly string[];
  peers(): readonly PeerView[];
  /** Called when a peer has been greeted, and when it is gone. Returns how to end it. */
  onPeers(listener: (peers: readonly PeerView[]) => void): () => void;
  dial(address: string): Promise<void>;
  publish<T extends TopicName>(topic: T, message: MessageOf<T>): Promise<void>;
  /** One handler a topic. */
  subscribe<T extends TopicName>(topic: T, handler: (message: MessageOf<T>, from: DeviceKey) => Promise<Verdict>): void;
  /** Throws NetworkError UNREACHABLE, REFUSED, TOO_SLOW or MALFORMED. */
  request<P extends ProtocolName>(
    peer: DeviceKey,
    protocol: P,
    request: RequestOf<P>,
    signal?: AbortSignal,
  ): Promise<ResponseOf<P>>;
  /** One handler a protocol. What it throws is answered as a refusal. */
  serve<P extends ProtocolName>(
    protocol: P,
    handler: (request: RequestOf<P>, from: DeviceKey) => Promise<ResponseOf<P>>,
  ): void;
  /** Brings a blob into the depot, from several peers at once. Throws NetworkError NOT_FOUND, TOO_LARGE or NO_ROOM. */
  fetchBlob(fetch: BlobFetch): Promise<void>;
  report(peer: DeviceKey, offence: Offence): void;
  traffic(): TrafficCounts;
  stop(): Promise<void>;
}
