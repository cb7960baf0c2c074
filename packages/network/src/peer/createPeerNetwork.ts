/**
 * The network as a node sees it, above any transport. Reading order: greeter (who is a peer at all), askPeer and
 * answerPeers, gossip, penalties, then the blobs. Spec: spec/network.md#N1.
 */
import { type DeviceKey, type HashParts, portableHash } from "@neuroshard/protocol";
import { BlobFetcher } from "../blobs/fetchBlobs.ts";
import { BlobServer, type UploadOptions } from "../blobs/serveBlobs.ts";
import { NetworkError } from "../networkError.ts";
import type { BlobDepot, BlobFetch, Offence, PeerNetwork, PeerView, TrafficCounts } from "../peerNetwork.ts";
import type { ProtocolName, RequestOf, ResponseOf } from "../protocols.ts";
import type { MessageOf, TopicName } from "../topics.ts";
import type { Transport } from "../transport.ts";
import { Allowances } from "./allowances.ts";
import { PeerAnswerer, type RequestHandler } from "./answerPeers.ts";
import { PeerAsker } from "./askPeer.ts";
import { Gossip, type TopicHandler } from "./gossip.ts";
import { Greeter, type OwnHello } from "./greeter.ts";
import type { PeerContext } from "./peerContext.ts";
import { PenaltyBook } from "./penalties.ts";
import { TrafficMeter } from "./trafficMeter.ts";

export interface PeerNetworkOptions extends UploadOptions {
  readonly transport: Transport;
  readonly depot: BlobDepot;
  readonly hello: OwnHello;
  /** SHA-256 of the machine; absent: the portable one, which is slow. */
  readonly hash?: HashParts;
  /** What went wrong with a peer, or with a handler; for the log. */
  readonly onProblem?: (problem: unknown, peer: DeviceKey) => void;
}

/** The transport is the network's from now on: stopping the one stops the other. */
export function createPeerNetwork(options: PeerNetworkOptions): PeerNetwork {
  return new Peers(options);
}

class Peers implements PeerNetwork {
  readonly #transport: Transport;
  readonly #meter = new TrafficMeter();
  readonly #penalties: PenaltyBook;
  readonly #greeter: Greeter;
  readonly #asker: PeerAsker;
  readonly #answerer: PeerAnswerer;
  readonly #gossip: Gossip;
  readonly #fetcher: BlobFetcher;
  readonly #listeners = new Set<(peers: readonly PeerView[]) => void>();

  constructor({
    transport,
    depot,
    hello,
    hash = portableHash,
    onProblem = () => undefined,
    ...rest
  }: PeerNetworkOptions) {
    this.#transport = transport;
    const nowMs = (): number => transport.clock.nowMs();
    this.#penalties = new PenaltyBook(nowMs, (peer, banMs) => this.#disconnect(peer, banMs));
    const context: PeerContext = {
      transport,
      allowances: new Allowances(nowMs),
      meter: this.#meter,
      report: (peer, offence) => this.report(peer, offence),
      isGreeted: (peer) => this.#greeter.isGreeted(peer),
      onProblem,
    };
    this.#asker = new PeerAsker(context);
    this.#answerer = new PeerAnswerer(context);
    this.#gossip = new Gossip(context);
    this.#greeter = this.#createGreeter(context, hello);
    this.#fetcher = new BlobFetcher({ context, depot, hash, peers: () => this.#greeter.greeted().keys() });
    this.#answerer.serve("hello", (asked, from) => this.#greeter.answer(asked, from));
    new BlobServer(context, depot, rest).start();
    transport.onConnection((peer, isConnected) => {
      if (isConnected) void this.#greeter.isGreeted(peer);
      else this.#greeter.forget(peer);
    });
    for (const peer of transport.connected()) void this.#greeter.isGreeted(peer);
  }

  get device(): DeviceKey {
    return this.#transport.device;
  }

  get addresses(): readonly string[] {
    return this.#transport.addresses;
  }

  peers(): readonly PeerView[] {
    return Array.from(this.#greeter.greeted(), ([device, { softwareVersion, headHeight }]) => ({
      device,
      addresses: this.#transport.addressesOf(device),
      softwareVersion,
      headHeight,
      latencyMs: this.#transport.latencyMsOf(device),
    }));
  }

  onPeers(listener: (peers: readonly PeerView[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async dial(address: string): Promise<void> {
    await this.#greeter.meet(await this.#transport.dial(address));
  }

  publish<T extends TopicName>(topic: T, message: MessageOf<T>): Promise<void> {
    return this.#gossip.publish(topic, message);
  }

  subscribe<T extends TopicName>(topic: T, handler: TopicHandler<T>): void {
    this.#gossip.subscribe(topic, handler);
  }

  async request<P extends ProtocolName>(
    peer: DeviceKey,
    protocol: P,
    request: RequestOf<P>,
    signal?: AbortSignal,
  ): Promise<ResponseOf<P>> {
    if (!(await this.#greeter.isGreeted(peer, signal))) {
      throw new NetworkError("UNREACHABLE", `peer ${peer.slice(0, 12)} is not connected; ask another one`);
    }
    return this.#asker.ask(peer, protocol, request, signal);
  }

  serve<P extends ProtocolName>(protocol: P, handler: RequestHandler<P>): void {
    this.#answerer.serve(protocol, handler);
  }

  fetchBlob(fetch: BlobFetch): Promise<void> {
    return this.#fetcher.fetch(fetch);
  }

  report(peer: DeviceKey, offence: Offence): void {
    this.#penalties.report(peer, offence);
  }

  traffic(): TrafficCounts {
    return this.#meter.counts();
  }

  async stop(): Promise<void> {
    this.#fetcher.stop(new NetworkError("REFUSED", "the node is stopping"));
    await this.#transport.stop();
  }

  #createGreeter(context: PeerContext, own: OwnHello): Greeter {
    const { transport, report, onProblem } = context;
    return new Greeter({
      clock: transport.clock,
      device: transport.device,
      own,
      ask: (peer, hello) => this.#asker.ask(peer, "hello", hello),
      isConnected: (peer) => transport.connected().includes(peer),
      report,
      disconnect: (peer, banMs) => this.#disconnect(peer, banMs),
      onChange: () => {
        const peers = this.peers();
        for (const listener of this.#listeners) listener(peers);
      },
      onProblem,
    });
  }

  #disconnect(peer: DeviceKey, banMs: number): void {
    // It may have gone by itself; the ban holds all the same.
    this.#transport.disconnect(peer, banMs).catch(() => undefined);
  }
}
