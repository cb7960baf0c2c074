/** The transport of a simulated node. It lives on a MemoryNetwork, which decides what the links are like. */
import type { DeviceKey } from "@neuroshard/protocol";
import { NetworkError } from "../networkError.ts";
import type { ByteStream, Clock, Transport } from "../transport.ts";
import { ConnectionEnd } from "./connectionEnd.ts";
import { Link, type LinkConditions } from "./link.ts";
import { type GossipHandler, MemoryGossip } from "./memoryGossip.ts";
import type { SeededDraws } from "./seededDraws.ts";
import type { Station } from "./station.ts";

/** What a transport needs to know of the network around it. */
export interface Medium {
  readonly draws: SeededDraws;
  find(address: string): MemoryTransport | undefined;
  addressOf(device: DeviceKey): string | undefined;
  conditionsBetween(from: DeviceKey, to: DeviceKey): LinkConditions;
  isBlocked(from: DeviceKey, to: DeviceKey): boolean;
  /** Called when a node has left. */
  remove(transport: MemoryTransport): void;
}

type StreamHandler = (stream: ByteStream, from: DeviceKey) => void;
type ConnectionListener = (device: DeviceKey, isConnected: boolean) => void;

interface Neighbour {
  readonly transport: MemoryTransport;
  readonly end: ConnectionEnd;
}

const ADDRESS = /^\/memory\/[^/]+$/;
/** A dial takes two round trips: the connection, and who is there. */
const DIAL_LATENCIES = 4;
/** So long a dial waits for a machine that does not answer. */
const DIAL_TIMEOUT_MS = 10_000;

export class MemoryTransport implements Transport {
  readonly device: DeviceKey;
  readonly addresses: readonly string[];
  readonly clock: Clock;
  readonly station: Station;
  readonly #medium: Medium;
  readonly #gossip: MemoryGossip;
  readonly #neighbours = new Map<DeviceKey, Neighbour>();
  readonly #handlers = new Map<string, StreamHandler>();
  readonly #listeners = new Set<ConnectionListener>();
  readonly #bannedUntilMs = new Map<DeviceKey, number>();

  constructor(medium: Medium, station: Station, address: string) {
    this.device = station.device;
    this.addresses = [address];
    this.clock = station;
    this.station = station;
    this.#medium = medium;
    this.#gossip = new MemoryGossip({ device: station.device, clock: station }, medium.draws, () =>
      [...this.#neighbours.values()].map(({ transport, end }) => ({
        device: transport.device,
        gossip: transport.#gossip,
        send: (bytes, arrive) => end.send("gossip", bytes, arrive),
      })),
    );
  }

  async dial(address: string): Promise<DeviceKey> {
    if (!ADDRESS.test(address)) {
      throw new NetworkError("BAD_ADDRESS", `${address} is no address of this network; /memory/<name> is`);
    }
    return (await this.#connect(address)).transport.device;
  }

  connected(): readonly DeviceKey[] {
    return [...this.#neighbours.keys()];
  }

  onConnection(listener: ConnectionListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async openStream(peer: DeviceKey, protocolId: string, purpose: "small" | "bulk"): Promise<ByteStream> {
    const { end, transport } = await this.#reach(peer);
    return await end.openStream(purpose, () => {
      const handler = transport.#handlers.get(protocolId);
      return handler === undefined ? undefined : (stream) => handler(stream, this.device);
    });
  }

  handleStreams(protocolId: string, handler: StreamHandler): void {
    if (this.#handlers.has(protocolId)) throw new Error(`internal: ${protocolId} has a handler already`);
    this.#handlers.set(protocolId, handler);
  }

  async publish(topic: string, bytes: Uint8Array): Promise<void> {
    this.#gossip.publish(topic, bytes);
  }

  subscribe(topic: string, handler: GossipHandler): void {
    this.#gossip.subscribe(topic, handler);
  }

  async disconnect(peer: DeviceKey, banMs: number): Promise<void> {
    if (banMs > 0) this.#bannedUntilMs.set(peer, this.station.trueMs() + banMs);
    this.#neighbours.get(peer)?.end.close(new NetworkError("UNREACHABLE", "this node closed the connection"));
  }

  addressesOf(peer: DeviceKey): readonly string[] {
    return this.#neighbours.get(peer)?.transport.addresses ?? [];
  }

  latencyMsOf(peer: DeviceKey): number | undefined {
    const neighbour = this.#neighbours.get(peer);
    return neighbour === undefined ? undefined : 2 * neighbour.end.link.conditions.latencyMs;
  }

  async stop(): Promise<void> {
    for (const { end } of [...this.#neighbours.values()]) {
      end.close(new NetworkError("UNREACHABLE", "this node has stopped"));
    }
    this.station.halt();
    this.#medium.remove(this);
  }

  /** Dies like a process that is killed: the others notice, nothing more happens here. */
  kill(): void {
    for (const { end } of this.#neighbours.values()) end.announceEnd();
    this.station.halt();
    this.#medium.remove(this);
  }

  /** The connection to that node, for whoever simulates its failures. */
  endTo(peer: DeviceKey): ConnectionEnd | undefined {
    return this.#neighbours.get(peer)?.end;
  }

  async #reach(peer: DeviceKey): Promise<Neighbour> {
    const neighbour = this.#neighbours.get(peer);
    if (neighbour !== undefined) return neighbour;
    const address = this.#medium.addressOf(peer);
    if (address === undefined) throw new NetworkError("UNREACHABLE", `no address of ${peer} is known`);
    return await this.#connect(address);
  }

  async #connect(address: string): Promise<Neighbour> {
    if (this.station.isHalted) throw new NetworkError("UNREACHABLE", "this node has stopped");
    const expected = this.#medium.find(address);
    if (expected === this) throw new NetworkError("BAD_ADDRESS", `${address} is this node itself`);
    const known = expected === undefined ? undefined : this.#neighbours.get(expected.device);
    if (known !== undefined) return known;
    await this.#sleep(this.#dialMs(expected));
    const target = this.#medium.find(address);
    if (target === undefined || !this.#canReach(target) || this.#bans(target) || target.#bans(this)) {
      throw new NetworkError("UNREACHABLE", `nobody answers at ${address}`);
    }
    return this.#neighbours.get(target.device) ?? this.#join(target);
  }

  #dialMs(target: MemoryTransport | undefined): number {
    if (target === undefined || !this.#canReach(target)) return DIAL_TIMEOUT_MS;
    return DIAL_LATENCIES * this.#medium.conditionsBetween(this.device, target.device).latencyMs;
  }

  #canReach({ device, station }: MemoryTransport): boolean {
    return station.isAnswering && !this.#medium.isBlocked(this.device, device);
  }

  #bans({ device }: MemoryTransport): boolean {
    return (this.#bannedUntilMs.get(device) ?? 0) > this.station.trueMs();
  }

  #join(target: MemoryTransport): Neighbour {
    const here = this.#endTo(target);
    const there = target.#endTo(this);
    ConnectionEnd.join(here, there);
    target.#attach({ transport: this, end: there });
    return this.#attach({ transport: target, end: here });
  }

  #endTo(target: MemoryTransport): ConnectionEnd {
    const conditions = this.#medium.conditionsBetween(this.device, target.device);
    const link = new Link({ from: this.station, to: target.station }, conditions, this.#medium.draws);
    return new ConnectionEnd(link, (end) => {
      if (this.#neighbours.get(target.device)?.end !== end) return;
      this.#neighbours.delete(target.device);
      this.#tell(target.device, false);
    });
  }

  #attach(neighbour: Neighbour): Neighbour {
    const { device } = neighbour.transport;
    this.#neighbours.get(device)?.end.lose(new NetworkError("UNREACHABLE", "the peer has connected anew"));
    this.#neighbours.set(device, neighbour);
    this.#tell(device, true);
    return neighbour;
  }

  #tell(device: DeviceKey, isConnected: boolean): void {
    for (const listener of [...this.#listeners]) listener(device, isConnected);
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.station.after(ms, resolve);
    });
  }
}
