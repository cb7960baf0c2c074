/**
 * What carries bytes between peers. Two things implement it: js-libp2p, and a network in memory with virtual time. All
 * rules (greeting, schemas, limits, penalties, blob transfer) are above it, so that simulations run the same code.
 */
import type { DeviceKey } from "@neuroshard/protocol";
import type { Verdict } from "./peerNetwork.ts";

/** Real or virtual time. Nothing above a transport asks another clock. */
export interface Clock {
  nowMs(): number;
  /** Returns how to cancel it. */
  after(ms: number, action: () => void): () => void;
}

/** One stream in both directions. */
export interface ByteStream {
  /** Resolves when more may be written: whoever waits for it never fills the memory. The bytes must not change any more. */
  write(bytes: Uint8Array): Promise<void>;
  /** The next bytes, as they come; undefined at the end. Nothing more is taken from the wire until somebody reads. */
  read(): Promise<Uint8Array | undefined>;
  closeWrite(): Promise<void>;
  /** Ends both directions at once; the other side's reads and writes fail. */
  abort(reason: Error): void;
}

export interface Transport {
  readonly device: DeviceKey;
  readonly addresses: readonly string[];
  readonly clock: Clock;
  /** Throws NetworkError UNREACHABLE or BAD_ADDRESS. */
  dial(address: string): Promise<DeviceKey>;
  connected(): readonly DeviceKey[];
  onConnection(listener: (device: DeviceKey, isConnected: boolean) => void): () => void;
  /**
   * `bulk` streams have a connection of their own, so that small ones do not wait behind them. Connects first where that
   * is needed and possible. Throws NetworkError UNREACHABLE, also where the peer does not speak this protocol.
   */
  openStream(peer: DeviceKey, protocolId: string, purpose: "small" | "bulk"): Promise<ByteStream>;
  handleStreams(protocolId: string, handler: (stream: ByteStream, from: DeviceKey) => void): void;
  /** That nobody is there, or that all know the message already, is no error. */
  publish(topic: string, bytes: Uint8Array): Promise<void>;
  /** `from` is the neighbour that passed it on, who answers for it: what is not accepted here goes no further. */
  subscribe(topic: string, handler: (bytes: Uint8Array, from: DeviceKey) => Promise<Verdict>): void;
  /** Closes all connections; for `banMs` no new one is made or accepted. */
  disconnect(peer: DeviceKey, banMs: number): Promise<void>;
  /** Where it can be called, as far as is known. */
  addressesOf(peer: DeviceKey): readonly string[];
  /** Of a round trip. */
  latencyMsOf(peer: DeviceKey): number | undefined;
  stop(): Promise<void>;
}
