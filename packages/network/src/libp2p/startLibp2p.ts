/**
 * js-libp2p as a transport. Bulk streams have a second connection to the same peer: on the first, small ones would wait
 * behind megabytes.
 */
import { TopicValidatorResult } from "@libp2p/gossipsub";
import type { Connection, IdentifyResult, PeerId } from "@libp2p/interface";
import { multiaddr } from "@multiformats/multiaddr";
import type { DeviceKey } from "@neuroshard/protocol";
import { NetworkError } from "../networkError.ts";
import type { Verdict } from "../peerNetwork.ts";
import { realClock } from "../realClock.ts";
import type { ByteStream, Transport } from "../transport.ts";
import { Bans } from "./bans.ts";
import { createNode, type Libp2pNode, type Libp2pOptions } from "./createNode.ts";
import { LIBP2P_LIMITS } from "./libp2pLimits.ts";
import { Libp2pStream } from "./libp2pStream.ts";
import { deviceOfPeerId, peerIdOfDevice } from "./peerNames.ts";
import { TurnShare } from "./turnShare.ts";

/** Throws NetworkError PORT_IN_USE or BAD_ADDRESS. */
export async function startLibp2p(options: Libp2pOptions): Promise<Transport> {
  for (const address of [...options.listen, ...(options.bootstrap ?? [])]) parseAddress(address);
  const bans = new Bans();
  const node = await createNode(options, bans.gater());
  try {
    await node.start();
  } catch (error) {
    await node.stop();
    throw startFault(error, options.listen);
  }
  return new Libp2pTransport(node, bans);
}

const VERDICTS: { readonly [V in Verdict]: TopicValidatorResult } = {
  accept: TopicValidatorResult.Accept,
  ignore: TopicValidatorResult.Ignore,
  reject: TopicValidatorResult.Reject,
};

class Libp2pTransport implements Transport {
  readonly device: DeviceKey;
  readonly clock = realClock;
  readonly #node: Libp2pNode;
  readonly #bans: Bans;
  readonly #writeShare = new TurnShare(LIBP2P_LIMITS.bytesPerTurn);
  readonly #bulk = new Map<DeviceKey, Promise<Connection>>();
  /** Where those who are connected say that they listen. */
  readonly #announced = new Map<DeviceKey, readonly string[]>();

  constructor(node: Libp2pNode, bans: Bans) {
    const device = deviceOfPeerId(node.peerId);
    if (device === undefined) throw new Error("internal: a node without a device key");
    this.device = device;
    this.#node = node;
    this.#bans = bans;
    node.addEventListener("peer:identify", ({ detail }) => this.#noteAddresses(detail));
    node.addEventListener("peer:disconnect", ({ detail }) => {
      const gone = deviceOfPeerId(detail);
      if (gone === undefined) return;
      this.#announced.delete(gone);
      this.#bulk.delete(gone);
    });
  }

  get addresses(): readonly string[] {
    return this.#node.getMultiaddrs().map(String);
  }

  async dial(address: string): Promise<DeviceKey> {
    const target = parseAddress(address);
    try {
      const connection = await this.#node.dial(target, { signal: AbortSignal.timeout(LIBP2P_LIMITS.dialMs) });
      return requireDevice(connection.remotePeer);
    } catch (error) {
      if (error instanceof NetworkError) throw error;
      throw unreachable(address, error);
    }
  }

  connected(): readonly DeviceKey[] {
    return this.#node.getPeers().flatMap((peer) => deviceOfPeerId(peer) ?? []);
  }

  onConnection(listener: (device: DeviceKey, isConnected: boolean) => void): () => void {
    const tell = (isConnected: boolean) => (event: CustomEvent<PeerId>) => {
      const device = deviceOfPeerId(event.detail);
      if (device !== undefined) listener(device, isConnected);
    };
    const [came, left] = [tell(true), tell(false)];
    this.#node.addEventListener("peer:connect", came);
    this.#node.addEventListener("peer:disconnect", left);
    return () => {
      this.#node.removeEventListener("peer:connect", came);
      this.#node.removeEventListener("peer:disconnect", left);
    };
  }

  async openStream(peer: DeviceKey, protocolId: string, purpose: "small" | "bulk"): Promise<ByteStream> {
    const signal = AbortSignal.timeout(LIBP2P_LIMITS.openStreamMs);
    const options = { signal, maxOutboundStreams: LIBP2P_LIMITS.mostStreamsOfProtocol, runOnLimitedConnection: true };
    try {
      const connection = purpose === "bulk" ? await this.#bulkConnection(peer) : await this.#smallConnection(peer);
      return new Libp2pStream(await connection.newStream(protocolId, options), this.#writeShare);
    } catch (error) {
      throw unreachable(`device ${peer}`, error);
    }
  }

  handleStreams(protocolId: string, handler: (stream: ByteStream, from: DeviceKey) => void): void {
    const options = {
      maxInboundStreams: LIBP2P_LIMITS.mostStreamsOfProtocol,
      maxOutboundStreams: LIBP2P_LIMITS.mostStreamsOfProtocol,
      runOnLimitedConnection: true,
    };
    const registered = this.#node.handle(
      protocolId,
      (stream, connection) => {
        const from = deviceOfPeerId(connection.remotePeer);
        if (from === undefined) stream.abort(new Error("no device key"));
        else handler(new Libp2pStream(stream, this.#writeShare), from);
      },
      options,
    );
    // Only fails for a protocol that is handled already.
    void registered.catch((error: unknown) => {
      throw new Error(`internal: ${protocolId} cannot be handled`, { cause: error });
    });
  }

  async publish(topic: string, bytes: Uint8Array): Promise<void> {
    await this.#node.services.pubsub.publish(topic, bytes);
  }

  subscribe(topic: string, handler: (bytes: Uint8Array, from: DeviceKey) => Promise<Verdict>): void {
    const { pubsub } = this.#node.services;
    pubsub.topicValidators.set(topic, async (peer, { data }) => {
      const from = deviceOfPeerId(peer);
      return from === undefined ? TopicValidatorResult.Reject : VERDICTS[await handler(data, from)];
    });
    pubsub.subscribe(topic);
  }

  async disconnect(peer: DeviceKey, banMs: number): Promise<void> {
    const peerId = peerIdOfDevice(peer);
    this.#bans.add(peerId, banMs);
    this.#bulk.delete(peer);
    this.#abort(this.#node.getConnections(peerId), "this node closed the connection");
    await this.#node.hangUp(peerId);
  }

  /** Where it listens, as it says itself; of a connection that came in, the address at its other end is no place to call. */
  addressesOf(peer: DeviceKey): readonly string[] {
    const dialled = this.#node
      .getConnections(peerIdOfDevice(peer))
      .filter(({ direction }) => direction === "outbound")
      .map(({ remoteAddr }) => remoteAddr.toString());
    return [...new Set([...dialled, ...(this.#announced.get(peer) ?? [])])];
  }

  latencyMsOf(peer: DeviceKey): number | undefined {
    return this.#node.getConnections(peerIdOfDevice(peer)).find(({ rtt }) => rtt !== undefined)?.rtt;
  }

  async stop(): Promise<void> {
    this.#abort(this.#node.getConnections(), "this node has stopped");
    await this.#node.stop();
  }

  /** Not closed: that would end half-written streams as if all had been said. */
  #abort(connections: readonly Connection[], why: string): void {
    for (const connection of connections) connection.abort(new NetworkError("UNREACHABLE", why));
  }

  #noteAddresses({ peerId, listenAddrs }: IdentifyResult): void {
    const device = deviceOfPeerId(peerId);
    if (device === undefined) return;
    const suffix = `/p2p/${peerId}`;
    const addresses = listenAddrs.slice(0, LIBP2P_LIMITS.mostAnnouncedAddresses).map(String);
    this.#announced.set(
      device,
      addresses.map((address) => (address.endsWith(suffix) ? address : `${address}${suffix}`)),
    );
  }

  async #smallConnection(peer: DeviceKey): Promise<Connection> {
    const peerId = peerIdOfDevice(peer);
    const open = this.#node.getConnections(peerId).filter(({ status }) => status === "open");
    // The oldest: whoever made the later ones wanted them for bulk.
    const [first] = open.toSorted((a, b) => a.timeline.open - b.timeline.open);
    return first ?? (await this.#node.dial(peerId));
  }

  async #bulkConnection(peer: DeviceKey): Promise<Connection> {
    const known = await this.#bulk.get(peer)?.catch(() => undefined);
    if (known?.status === "open") return known;
    const dialled = this.#dialAgain(peer);
    this.#bulk.set(peer, dialled);
    return await dialled;
  }

  /** A second connection, to where the first one leads; where that cannot be dialled, the first has to do. */
  async #dialAgain(peer: DeviceKey): Promise<Connection> {
    const peerId = peerIdOfDevice(peer);
    const [first] = this.#node.getConnections(peerId);
    try {
      return await this.#node.dial(peerId, { force: true, signal: AbortSignal.timeout(LIBP2P_LIMITS.dialMs) });
    } catch (error) {
      if (first?.status === "open") return first;
      throw error;
    }
  }
}

function parseAddress(address: string): ReturnType<typeof multiaddr> {
  try {
    return multiaddr(address);
  } catch (error) {
    const remedy = "write it like /ip4/192.0.2.1/tcp/4001/p2p/ID";
    throw new NetworkError("BAD_ADDRESS", `${address} is no multiaddress; ${remedy}`, { cause: error });
  }
}

function requireDevice(peer: PeerId): DeviceKey {
  const device = deviceOfPeerId(peer);
  if (device === undefined) throw new NetworkError("BAD_ADDRESS", `${peer} has no device key; dial another peer`);
  return device;
}

function unreachable(what: string, cause: unknown): NetworkError {
  const why = cause instanceof Error ? ` (${cause.message})` : "";
  return new NetworkError("UNREACHABLE", `${what} cannot be reached${why}; try later, or another one`, { cause });
}

function startFault(error: unknown, listen: readonly string[]): NetworkError {
  const text = causesOf(error);
  if (text.includes("EADDRINUSE")) {
    return new NetworkError("PORT_IN_USE", `${listen.join(", ")} is in use; choose another port`, { cause: error });
  }
  return new NetworkError("BAD_ADDRESS", `cannot listen on ${listen.join(", ")} (${text})`, { cause: error });
}

function causesOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error instanceof AggregateError ? error.errors.map(causesOf) : [];
  const code = "code" in error ? [String(error.code)] : [];
  const cause = error.cause === undefined ? [] : [causesOf(error.cause)];
  return [error.message, ...code, ...inner, ...cause].join(" ");
}
