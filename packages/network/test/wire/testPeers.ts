/** Peer networks on a wire, and hostile ones that speak to them without any rules. */
import { blobDigest, CHUNK_BYTES, chunkHashes, type DeviceKey, type Digest } from "@neuroshard/protocol";
import type { MemoryTransport } from "../../src/memory/memoryTransport.ts";
import { createPeerNetwork, type PeerNetworkOptions } from "../../src/peer/createPeerNetwork.ts";
import { FrameReader } from "../../src/peer/frameReader.ts";
import type { BlobDepot, PeerNetwork } from "../../src/peerNetwork.ts";
import type { ByteStream } from "../../src/transport.ts";
import { fastHash } from "./fastHash.ts";
import { Wire } from "./wire.ts";

const NETWORK = "11".repeat(32) as Digest;

export const HELLO = {
  networkId: NETWORK,
  protocolVersion: 3,
  oldestProtocolVersion: 2,
  softwareVersion: "1.0.0",
  headHeight: () => 7,
};

export interface TestPeer {
  readonly network: PeerNetwork;
  readonly transport: MemoryTransport;
  readonly depot: MemoryDepot;
  /** What was logged, by its message. */
  readonly problems: string[];
}

export type PeerChanges = Partial<Omit<PeerNetworkOptions, "transport" | "depot">>;

export function createTestPeer(wire: Wire, changes: PeerChanges = {}): TestPeer {
  const transport = wire.join();
  const depot = new MemoryDepot();
  const problems: string[] = [];
  const onProblem = (problem: unknown) => void problems.push((problem as Error).message);
  return {
    network: createPeerNetwork({ transport, depot, hello: HELLO, hash: fastHash, onProblem, ...changes }),
    transport,
    depot,
    problems,
  };
}

export function createTestPeers(count: number): { readonly wire: Wire; readonly peers: readonly TestPeer[] } {
  const wire = new Wire();
  return { wire, peers: Array.from({ length: count }, () => createTestPeer(wire)) };
}

export async function connect(wire: Wire, from: TestPeer, to: TestPeer): Promise<void> {
  await wire.clock.settle(from.network.dial(to.transport.addresses[0]!));
}

/** A node without rules: it greets as `hello` says, and all else is the test's. */
export async function joinHostile(wire: Wire, victim: TestPeer): Promise<MemoryTransport> {
  const hostile = wire.join();
  hostile.handleStreams("/neuroshard/hello/1", (stream) => void answerHello(stream));
  await wire.clock.settle(hostile.dial(victim.transport.addresses[0]!));
  await wire.clock.advance(1000);
  return hostile;
}

async function answerHello(stream: ByteStream): Promise<void> {
  await stream.write(framed(Uint8Array.of(0, ...new Uint8Array(32).fill(0x11), 3, 0, 1, 0x78, ...new Uint8Array(8))));
  await stream.closeWrite();
}

export function framed(body: Uint8Array): Uint8Array {
  const frame = new Uint8Array(4 + body.length);
  new DataView(frame.buffer).setUint32(0, body.length, true);
  frame.set(body, 4);
  return frame;
}

/** Next frame of a stream, or how it ended. */
export async function frameOf(stream: ByteStream): Promise<Uint8Array | "end" | "aborted"> {
  try {
    return (await new FrameReader(stream, () => undefined).frame(70_000_000)) ?? "end";
  } catch {
    return "aborted";
  }
}

export const isConnected = (peer: TestPeer, other: DeviceKey): boolean => peer.transport.connected().includes(other);

interface Stored {
  readonly bytes: number;
  readonly hashes: readonly Uint8Array[];
  readonly chunks: Map<number, Uint8Array>;
  isWhole: boolean;
}

/** Blobs in memory. `failure` makes the next writes fail. */
export class MemoryDepot implements BlobDepot {
  readonly blobs = new Map<string, Stored>();
  /** Indexes that were written, in order. */
  readonly written: number[] = [];
  failure: Error | undefined;

  add(bytes: Uint8Array): Digest {
    const digest = blobDigest(bytes, fastHash);
    const hashes = chunkHashes(bytes, fastHash);
    const chunks = new Map(
      hashes.map((_, index) => [index, bytes.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES)] as const),
    );
    this.blobs.set(digest, { bytes: bytes.length, hashes, chunks, isWhole: true });
    return digest;
  }

  /** Undefined where it is not whole. */
  bytesOf(digest: Digest): Uint8Array | undefined {
    const stored = this.blobs.get(digest);
    if (stored === undefined || !stored.isWhole) return undefined;
    const whole = new Uint8Array(stored.bytes);
    for (const [index, chunk] of stored.chunks) whole.set(chunk, index * CHUNK_BYTES);
    return whole;
  }

  async describe(digest: Digest) {
    const stored = this.blobs.get(digest);
    return stored?.isWhole ? { bytes: stored.bytes, hashes: stored.hashes } : undefined;
  }

  async readChunk(digest: Digest, index: number) {
    return this.blobs.get(digest)?.chunks.get(index);
  }

  async begin(digest: Digest, description: { readonly bytes: number; readonly hashes: readonly Uint8Array[] }) {
    if (this.failure) throw this.failure;
    const stored = this.blobs.get(digest) ?? { ...description, chunks: new Map(), isWhole: false };
    this.blobs.set(digest, stored);
    return new Set(stored.chunks.keys());
  }

  async writeChunk(digest: Digest, index: number, chunk: Uint8Array) {
    if (this.failure) throw this.failure;
    this.written.push(index);
    this.blobs.get(digest)!.chunks.set(index, chunk.slice());
  }

  async finish(digest: Digest) {
    this.blobs.get(digest)!.isWhole = true;
  }
}
