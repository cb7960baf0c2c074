/**
 * A network of nodes in one process and in virtual time: links with latency, jitter, bandwidth and loss, and the faults of
 * a simulation. Everything that is left to chance comes from one seed.
 */
import type { DeviceKey } from "@neuroshard/protocol";
import { NetworkError } from "../networkError.ts";
import type { LinkConditions } from "./link.ts";
import { type Medium, MemoryTransport } from "./memoryTransport.ts";
import { SeededDraws } from "./seededDraws.ts";
import { Station } from "./station.ts";
import type { VirtualClock } from "./virtualClock.ts";

export interface MemoryNetworkOptions {
  readonly clock: VirtualClock;
  readonly seed: number;
  /** Of all links that have none of their own. */
  readonly conditions?: Partial<LinkConditions>;
}

export interface JoinOptions {
  /** How far the clock of this machine is ahead of the others'. */
  readonly clockSkewMs?: number;
}

const DEFAULT_CONDITIONS: LinkConditions = { latencyMs: 20, jitterMs: 5, bytesPerSecond: 12_500_000, lossRate: 0 };
/** So long a connection outlives the link below it. */
const SILENCE_MS = 20_000;

export class MemoryNetwork {
  readonly clock: VirtualClock;
  readonly #draws: SeededDraws;
  readonly #defaults: LinkConditions;
  readonly #nodes = new Map<DeviceKey, MemoryTransport>();
  readonly #conditions = new Map<string, LinkConditions>();
  readonly #cuts = new Set<string>();
  /** Which side of a partition a node is on; nobody named is on a side of their own together. */
  readonly #sides = new Map<DeviceKey, number>();
  readonly #medium: Medium;

  constructor({ clock, seed, conditions }: MemoryNetworkOptions) {
    this.clock = clock;
    this.#draws = new SeededDraws(seed);
    this.#defaults = { ...DEFAULT_CONDITIONS, ...conditions };
    this.#medium = {
      draws: this.#draws,
      find: (address) => this.#nodes.get(address.slice(ADDRESS_PREFIX.length) as DeviceKey),
      addressOf: (device) => (this.#nodes.has(device) ? `${ADDRESS_PREFIX}${device}` : undefined),
      conditionsBetween: (a, b) => this.#conditions.get(pairOf(a, b)) ?? this.#defaults,
      isBlocked: (a, b) => this.#isBlocked(a, b),
      remove: (transport) => {
        if (this.#nodes.get(transport.device) === transport) this.#nodes.delete(transport.device);
      },
    };
  }

  /** A node that was stopped or killed may join again. */
  join(device: DeviceKey, { clockSkewMs = 0 }: JoinOptions = {}): MemoryTransport {
    const address = `${ADDRESS_PREFIX}${device}`;
    if (this.#nodes.has(device)) throw new NetworkError("PORT_IN_USE", `${address} is taken; stop that node first`);
    const transport = new MemoryTransport(this.#medium, new Station(device, this.clock, clockSkewMs), address);
    this.#nodes.set(device, transport);
    return transport;
  }

  /** In both directions, from now on. */
  setLink(a: DeviceKey, b: DeviceKey, conditions: Partial<LinkConditions>): void {
    const changed = { ...this.#medium.conditionsBetween(a, b), ...conditions };
    this.#conditions.set(pairOf(a, b), changed);
    for (const end of this.#endsBetween(a, b)) end.link.conditions = changed;
  }

  /** Nothing passes between these two any more; what streams carry waits, and after a while their connection is lost. */
  cut(a: DeviceKey, b: DeviceKey): void {
    this.#cuts.add(pairOf(a, b));
    this.#applyBlocks();
  }

  mend(a: DeviceKey, b: DeviceKey): void {
    this.#cuts.delete(pairOf(a, b));
    this.#applyBlocks();
  }

  /** Cuts every link between nodes of different groups. Nodes in no group make up one more. Replaces the last partition. */
  partition(groups: readonly (readonly DeviceKey[])[]): void {
    this.#sides.clear();
    for (const [side, group] of groups.entries()) for (const device of group) this.#sides.set(device, side);
    this.#applyBlocks();
  }

  /** Ends the partition. */
  heal(): void {
    this.partition([]);
  }

  /** Drops the connection between these two; they may make another. */
  disconnect(a: DeviceKey, b: DeviceKey): void {
    this.#lose(a, b);
  }

  kill(device: DeviceKey): void {
    this.#nodeOf(device).kill();
  }

  pause(device: DeviceKey): void {
    this.#nodeOf(device).station.pause();
  }

  resume(device: DeviceKey): void {
    this.#nodeOf(device).station.resume();
  }

  #nodeOf(device: DeviceKey): MemoryTransport {
    const node = this.#nodes.get(device);
    if (node === undefined) throw new Error(`internal: no node ${device} is in this network`);
    return node;
  }

  #isBlocked(a: DeviceKey, b: DeviceKey): boolean {
    return this.#cuts.has(pairOf(a, b)) || this.#sides.get(a) !== this.#sides.get(b);
  }

  #applyBlocks(): void {
    for (const node of this.#nodes.values()) {
      for (const peer of node.connected()) {
        const link = node.endTo(peer)?.link;
        const isBlocked = this.#isBlocked(node.device, peer);
        if (link === undefined || link.isBlocked === isBlocked) continue;
        if (!isBlocked) link.open();
        else {
          link.block();
          this.clock.after(SILENCE_MS, () => {
            if (link.isBlocked && node.endTo(peer)?.link === link) this.#lose(node.device, peer);
          });
        }
      }
    }
  }

  #lose(a: DeviceKey, b: DeviceKey): void {
    for (const end of this.#endsBetween(a, b)) end.lose(new NetworkError("UNREACHABLE", "the connection was lost"));
  }

  #endsBetween(a: DeviceKey, b: DeviceKey) {
    return [this.#nodes.get(a)?.endTo(b), this.#nodes.get(b)?.endTo(a)].filter((end) => end !== undefined);
  }
}

const ADDRESS_PREFIX = "/memory/";

function pairOf(a: DeviceKey, b: DeviceKey): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
