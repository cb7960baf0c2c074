/** Transports that are connected in memory, on a virtual clock: enough to try the peer logic on. */
import { bytesToHex, type DeviceKey } from "@neuroshard/protocol";
import { NetworkError } from "../../src/networkError.ts";
import type { Verdict } from "../../src/peerNetwork.ts";
import type { ByteStream, Transport } from "../../src/transport.ts";
import { VirtualClock } from "./virtualClock.ts";

const LATENCY_MS = 5;
const WINDOW_BYTES = 4_194_304;

type TopicHandler = (bytes: Uint8Array, from: DeviceKey) => Promise<Verdict>;

export class Wire {
  readonly clock = new VirtualClock();
  readonly #ends: WireEnd[] = [];

  join(): WireEnd {
    const key = new Uint8Array(33).fill(this.#ends.length + 1);
    key[0] = 2;
    const end = new WireEnd(this, bytesToHex(key) as DeviceKey);
    this.#ends.push(end);
    return end;
  }

  endOf(device: string): WireEnd | undefined {
    return this.#ends.find((end) => end.device === device);
  }
}

export class WireEnd implements Transport {
  readonly device: DeviceKey;
  readonly clock: VirtualClock;
  readonly #wire: Wire;
  readonly #links = new Map<DeviceKey, Set<Half>>();
  readonly #bannedUntil = new Map<DeviceKey, number>();
  readonly #listeners = new Set<(device: DeviceKey, isConnected: boolean) => void>();
  readonly #handlers = new Map<string, (stream: ByteStream, from: DeviceKey) => void>();
  readonly #topics = new Map<string, TopicHandler>();

  constructor(wire: Wire, device: DeviceKey) {
    this.#wire = wire;
    this.device = device;
    this.clock = wire.clock;
  }

  get addresses(): readonly string[] {
    return [`/wire/${this.device}`];
  }

  async dial(address: string): Promise<DeviceKey> {
    const other = this.#wire.endOf(address.split("/").at(-1) ?? "");
    if (other === undefined || this.#isBanned(other.device) || other.#isBanned(this.device)) {
      throw new NetworkError("UNREACHABLE", `${address} does not answer`);
    }
    await this.#pause();
    this.#link(other.device);
    other.#link(this.device);
    return other.device;
  }

  connected(): readonly DeviceKey[] {
    return [...this.#links.keys()];
  }

  onConnection(listener: (device: DeviceKey, isConnected: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async openStream(peer: DeviceKey, protocolId: string): Promise<ByteStream> {
    const other = this.#wire.endOf(peer);
    await this.#pause();
    const handler = other === undefined ? undefined : other.#handlers.get(protocolId);
    if (other === undefined || handler === undefined || !this.#links.has(peer)) {
      throw new NetworkError("UNREACHABLE", "no such stream");
    }
    const [near, far] = [new Half(this.clock), new Half(this.clock)];
    near.join(far);
    this.#links.get(peer)?.add(near);
    other.#links.get(this.device)?.add(far);
    handler(far, this.device);
    return near;
  }

  handleStreams(protocolId: string, handler: (stream: ByteStream, from: DeviceKey) => void): void {
    this.#handlers.set(protocolId, handler);
  }

  /** To everybody who is connected: nobody passes it on. */
  async publish(topic: string, bytes: Uint8Array): Promise<void> {
    await this.#pause();
    for (const peer of this.#links.keys()) await this.#wire.endOf(peer)?.hear(topic, bytes, this.device);
  }

  async hear(topic: string, bytes: Uint8Array, from: DeviceKey): Promise<void> {
    await this.#topics.get(topic)?.(bytes, from);
  }

  subscribe(topic: string, handler: TopicHandler): void {
    this.#topics.set(topic, handler);
  }

  async disconnect(peer: DeviceKey, banMs: number): Promise<void> {
    this.#bannedUntil.set(peer, this.clock.nowMs() + banMs);
    this.#unlink(peer);
    const other = this.#wire.endOf(peer);
    if (other !== undefined) other.#unlink(this.device);
  }

  addressesOf(peer: DeviceKey): readonly string[] {
    return [`/wire/${peer}`];
  }

  latencyMsOf(): number {
    return 2 * LATENCY_MS;
  }

  async stop(): Promise<void> {
    for (const peer of this.connected()) await this.disconnect(peer, 0);
  }

  #isBanned(peer: DeviceKey): boolean {
    return (this.#bannedUntil.get(peer) ?? 0) > this.clock.nowMs();
  }

  #link(peer: DeviceKey): void {
    if (this.#links.has(peer)) return;
    this.#links.set(peer, new Set());
    for (const listener of this.#listeners) listener(peer, true);
  }

  #unlink(peer: DeviceKey): void {
    const streams = this.#links.get(peer);
    if (streams === undefined) return;
    this.#links.delete(peer);
    for (const stream of streams) stream.abort(new Error("the connection ended"));
    for (const listener of this.#listeners) listener(peer, false);
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => void this.clock.after(LATENCY_MS, resolve));
  }
}

/** One end of a stream. What it writes arrives at the other after the latency. */
class Half implements ByteStream {
  readonly #clock: VirtualClock;
  #other: Half | undefined;
  readonly #arrived: (Uint8Array | undefined)[] = [];
  #unreadBytes = 0;
  #fault: Error | undefined;
  #wakes: (() => void)[] = [];

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  join(other: Half): void {
    this.#other = other;
    other.#other = this;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#fault) throw this.#fault;
    const other = this.#other!;
    other.#unreadBytes += bytes.length;
    const copy = bytes.slice();
    this.#clock.after(LATENCY_MS, () => other.#arrive(copy));
    while (other.#unreadBytes > WINDOW_BYTES && !this.#fault) await this.#change();
    if (this.#fault) throw this.#fault;
  }

  async read(): Promise<Uint8Array | undefined> {
    while (this.#arrived.length === 0 && !this.#fault) await this.#change();
    if (this.#fault) throw this.#fault;
    const part = this.#arrived[0];
    if (part === undefined) return undefined;
    this.#arrived.shift();
    this.#unreadBytes -= part.length;
    this.#other!.#wake();
    return part;
  }

  async closeWrite(): Promise<void> {
    const other = this.#other!;
    this.#clock.after(LATENCY_MS, () => other.#arrive(undefined));
  }

  abort(reason: Error): void {
    for (const half of [this, this.#other!]) {
      half.#fault ??= reason;
      half.#wake();
    }
  }

  #arrive(part: Uint8Array | undefined): void {
    this.#arrived.push(part);
    this.#wake();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#wakes.push(resolve));
  }

  #wake(): void {
    for (const wake of this.#wakes.splice(0)) wake();
  }
}
