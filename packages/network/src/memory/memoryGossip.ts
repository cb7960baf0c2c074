/** Gossip in memory: a message goes on to others once, and only when the node that got it accepted it. */
import type { DeviceKey } from "@neuroshard/protocol";
import type { Verdict } from "../peerNetwork.ts";
import type { Clock } from "../transport.ts";
import type { SeededDraws } from "./seededDraws.ts";

export type GossipHandler = (bytes: Uint8Array, from: DeviceKey) => Promise<Verdict>;

interface GossipMessage {
  /** Its author's count: who sends the same bytes again sends another message. */
  readonly id: string;
  readonly topic: string;
  readonly bytes: Uint8Array;
}

/** Somebody to whom messages can be passed. */
export interface GossipNeighbour {
  readonly device: DeviceKey;
  readonly gossip: MemoryGossip;
  send(bytes: number, arrive: () => void): void;
}

/** So many neighbours get a message that is passed on; its author sends it to all of his. */
const MOST_FORWARDED_TO = 12;
const SEEN_MS = 120_000;

export class MemoryGossip {
  readonly #device: DeviceKey;
  readonly #clock: Clock;
  readonly #draws: SeededDraws;
  readonly #neighbours: () => readonly GossipNeighbour[];
  readonly #handlers = new Map<string, GossipHandler>();
  /** Keeps the messages of a node that was started anew apart from those before. */
  readonly #birthMs: number;
  #published = 0;
  /** Until when each message counts as known, oldest first. */
  readonly #seenUntilMs = new Map<string, number>();

  constructor(
    self: { readonly device: DeviceKey; readonly clock: Clock },
    draws: SeededDraws,
    neighbours: () => readonly GossipNeighbour[],
  ) {
    this.#device = self.device;
    this.#clock = self.clock;
    this.#birthMs = self.clock.nowMs();
    this.#draws = draws;
    this.#neighbours = neighbours;
  }

  subscribe(topic: string, handler: GossipHandler): void {
    if (this.#handlers.has(topic)) throw new Error(`internal: the topic ${topic} has a handler already`);
    this.#handlers.set(topic, handler);
  }

  publish(topic: string, bytes: Uint8Array): void {
    const message = { id: `${this.#device} ${this.#birthMs} ${this.#published++}`, topic, bytes: bytes.slice() };
    this.#isNews(message.id);
    this.#pass(message, this.#listeners(topic));
  }

  #listeners(topic: string): GossipNeighbour[] {
    return this.#neighbours().filter(({ gossip }) => gossip.#handlers.has(topic));
  }

  #pass(message: GossipMessage, to: readonly GossipNeighbour[]): void {
    for (const { gossip, send } of to) {
      send(message.bytes.length, () => void gossip.#receive(message, this.#device));
    }
  }

  async #receive(message: GossipMessage, from: DeviceKey): Promise<void> {
    const handler = this.#handlers.get(message.topic);
    if (handler === undefined || !this.#isNews(message.id)) return;
    const verdict = await handler(message.bytes, from);
    if (verdict !== "accept") return;
    const others = this.#listeners(message.topic).filter(({ device }) => device !== from);
    this.#pass(message, this.#draws.some(others, MOST_FORWARDED_TO));
  }

  /** Notes the message; false where it is known already. */
  #isNews(id: string): boolean {
    const nowMs = this.#clock.nowMs();
    for (const [known, untilMs] of this.#seenUntilMs) {
      if (untilMs > nowMs) break;
      this.#seenUntilMs.delete(known);
    }
    if (this.#seenUntilMs.has(id)) return false;
    this.#seenUntilMs.set(id, nowMs + SEEN_MS);
    return true;
  }
}
