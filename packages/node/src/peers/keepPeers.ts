/**
 * Stays in touch with the network: dials addresses while their peers are not connected, with growing pauses, and asks the
 * peers for more of them, so that nodes which began with one common peer soon know each other.
 */
import type { PeerNetwork } from "@neuroshard/network";
import type { DeviceKey } from "@neuroshard/protocol";
import { addressesIn, readKnownPeers, writeKnownPeers } from "./knownPeers.ts";

/** With so many connected, only addresses that the user has named are dialled. */
const ENOUGH_PEERS = 24;
const MOST_KNOWN = 256;
/** Of one peer: it may name what it likes. */
const MOST_LEARNED = 32;
const MOST_TOLD = 64;
/** An address that somebody else has named is forgotten after so many attempts. */
const MOST_FAILURES = 6;
const FIRST_PAUSE_MS = 1_000;
const MOST_PAUSE_MS = 60_000;
const LOOK_MS = 500;

export interface PeerKeeper {
  /** Ends the dialling and keeps what is known. */
  stop(): Promise<void>;
}

/** @param given Addresses that the user named, dialled as long as the node runs. */
export function keepPeers(network: PeerNetwork, home: string, given: readonly string[]): PeerKeeper {
  const keeper = new Keeper(network, home);
  for (const address of given) keeper.add(address, "given");
  for (const address of readKnownPeers(home)) keeper.add(address, "met");
  keeper.start();
  return keeper;
}

interface Known {
  origin: "given" | "met" | "told";
  nextMs: number;
  pauseMs: number;
  failures: number;
  isDialling: boolean;
}

interface Question {
  nextMs: number;
  pauseMs: number;
}

class Keeper implements PeerKeeper {
  readonly #network: PeerNetwork;
  readonly #home: string;
  readonly #known = new Map<string, Known>();
  /** When each peer is asked for addresses: it may know more of them a moment after it was greeted. */
  readonly #questions = new Map<DeviceKey, Question>();
  #timer: NodeJS.Timeout | undefined;

  constructor(network: PeerNetwork, home: string) {
    this.#network = network;
    this.#home = home;
    network.serve("peers", async (_, from) => ({ addresses: this.#addressesFor(from) }));
  }

  start(): void {
    this.#look();
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  add(address: string, origin: Known["origin"]): void {
    if (this.#known.has(address) || this.#known.size >= MOST_KNOWN) return;
    this.#known.set(address, { origin, nextMs: 0, pauseMs: FIRST_PAUSE_MS, failures: 0, isDialling: false });
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    const met = this.#network.peers().flatMap(({ addresses }) => addresses);
    const others = [...this.#known].filter(([, { origin }]) => origin !== "told").map(([address]) => address);
    // Those that answer now first.
    await writeKnownPeers(this.#home, [...met, ...others]);
  }

  #look(): void {
    const { addresses: own } = this.#network;
    const peers = this.#network.peers();
    const connected = new Set([...own, ...peers.flatMap(({ addresses }) => addresses)]);
    for (const address of connected) if (!own.includes(address)) this.add(address, "met");
    const nowMs = performance.now();
    for (const [address, known] of this.#known) {
      if (isSamePeer(address, connected)) Object.assign(known, { pauseMs: FIRST_PAUSE_MS, failures: 0 });
      else if (known.origin === "given" || peers.length < ENOUGH_PEERS) this.#dialInTime(address, known, nowMs);
    }
    for (const { device } of peers) this.#askInTime(device, nowMs);
    const devices = new Set(peers.map(({ device }) => device));
    for (const asked of this.#questions.keys()) if (!devices.has(asked)) this.#questions.delete(asked);
  }

  #dialInTime(address: string, known: Known, nowMs: number): void {
    if (!known.isDialling && nowMs >= known.nextMs) void this.#dial(address, known);
  }

  async #dial(address: string, known: Known): Promise<void> {
    known.isDialling = true;
    const isReached = await this.#network.dial(address).then(
      () => true,
      () => false,
    );
    known.isDialling = false;
    known.nextMs = performance.now() + known.pauseMs;
    known.pauseMs = Math.min(MOST_PAUSE_MS, 2 * known.pauseMs);
    known.failures = isReached ? 0 : known.failures + 1;
    if (isReached && known.origin === "told") known.origin = "met";
    if (known.origin === "told" && known.failures >= MOST_FAILURES) this.#known.delete(address);
  }

  #askInTime(peer: DeviceKey, nowMs: number): void {
    const { nextMs, pauseMs } = this.#questions.get(peer) ?? { nextMs: nowMs, pauseMs: FIRST_PAUSE_MS };
    if (nowMs < nextMs) return;
    this.#questions.set(peer, { nextMs: nowMs + pauseMs, pauseMs: Math.min(MOST_PAUSE_MS, 2 * pauseMs) });
    this.#network.request(peer, "peers", {}).then(
      ({ addresses }) => {
        for (const address of addressesIn(addresses).slice(0, MOST_LEARNED)) this.add(address, "told");
      },
      // Asked again in time.
      () => undefined,
    );
  }

  /** Of those who are connected now, so that nobody passes on what it was only told. */
  #addressesFor(asking: DeviceKey): string[] {
    const others = this.#network.peers().filter(({ device }) => device !== asking);
    return [...addressesIn(others.flatMap(({ addresses }) => addresses))].slice(0, MOST_TOLD);
  }
}

/** Its address, or another one of the peer that its last part names. */
function isSamePeer(address: string, connected: ReadonlySet<string>): boolean {
  if (connected.has(address)) return true;
  const peer = /\/p2p\/[^/]+$/.exec(address)?.[0];
  return peer !== undefined && [...connected].some((other) => other.endsWith(peer));
}
