/** What one peer can ask another: a closed table of requests and responses, with their limits. Blobs have their own stream. */
import { bytes, count, digest, list, optional, struct, text, u16, type ValueOf } from "@neuroshard/protocol";

const MOST_BLOCK_BYTES = 68_000_000;
const MOST_BLOCKS = 64;
const MOST_ADDRESSES = 64;
const MOST_ADDRESS_BYTES = 256;

export const PROTOCOLS = {
  /** First on every connection: whoever is of another network, or too old, is told so and left. */
  hello: {
    request: struct({ networkId: digest, protocolVersion: u16, softwareVersion: text(32), headHeight: count }),
    response: struct({ networkId: digest, protocolVersion: u16, softwareVersion: text(32), headHeight: count }),
    mostRequestBytes: 256,
    mostResponseBytes: 256,
    timeoutMs: 10_000,
    mostPerMinute: 30,
  },
  /** The genesis, for who has only an address. */
  genesis: {
    request: struct({}),
    response: struct({ genesis: bytes(8_000_000) }),
    mostRequestBytes: 16,
    mostResponseBytes: 8_000_016,
    timeoutMs: 30_000,
    mostPerMinute: 10,
  },
  head: {
    request: struct({}),
    response: struct({ height: count }),
    mostRequestBytes: 16,
    mostResponseBytes: 64,
    timeoutMs: 10_000,
    mostPerMinute: 240,
  },
  /** Under which addresses others can be reached: with them, no single node is needed to find the network. */
  peers: {
    request: struct({}),
    response: struct({ addresses: list(text(MOST_ADDRESS_BYTES), MOST_ADDRESSES) }),
    mostRequestBytes: 16,
    mostResponseBytes: 20_000,
    timeoutMs: 10_000,
    mostPerMinute: 12,
  },
  /** Blocks from a height on, as many as fit; none where it has none. */
  blocks: {
    request: struct({ from: count, most: u16 }),
    response: struct({ blocks: list(bytes(MOST_BLOCK_BYTES), MOST_BLOCKS) }),
    mostRequestBytes: 32,
    mostResponseBytes: MOST_BLOCK_BYTES + 1024,
    timeoutMs: 60_000,
    mostPerMinute: 600,
  },
  snapshot: {
    request: struct({}),
    response: struct({ manifest: optional(bytes(4_000_000)) }),
    mostRequestBytes: 16,
    mostResponseBytes: 4_000_016,
    timeoutMs: 30_000,
    mostPerMinute: 20,
  },
  snapshotChunk: {
    request: struct({ height: count, index: count }),
    response: struct({ chunk: optional(bytes(16_000_000)) }),
    mostRequestBytes: 32,
    mostResponseBytes: 16_000_016,
    timeoutMs: 60_000,
    mostPerMinute: 600,
  },
  /** The two blobs of a training state that a slot committed to: before part `segment`. The blobs are fetched by digest. */
  segmentState: {
    request: struct({ round: count, slot: u16, segment: u16 }),
    response: struct({ state: optional(struct({ weights: digest, optimizer: digest })) }),
    mostRequestBytes: 32,
    mostResponseBytes: 128,
    /** The state may have to be made again first. */
    timeoutMs: 120_000,
    mostPerMinute: 60,
  },
} as const;

export type ProtocolName = keyof typeof PROTOCOLS;
export type RequestOf<P extends ProtocolName> = ValueOf<(typeof PROTOCOLS)[P]["request"]>;
export type ResponseOf<P extends ProtocolName> = ValueOf<(typeof PROTOCOLS)[P]["response"]>;
