/** One direction between two simulated machines: latency, jitter, bandwidth, loss, and whether it is there at all. */

import type { SeededDraws } from "./seededDraws.ts";
import type { Station } from "./station.ts";

export interface LinkConditions {
  readonly latencyMs: number;
  /** At most this much is added to the latency of a frame. */
  readonly jitterMs: number;
  readonly bytesPerSecond: number;
  /** Part of the frames that get lost, below 1. Streams send them again; gossip does not. */
  readonly lossRate: number;
}

/** `gossip` frames may get lost; the others arrive, in order within their kind. */
export type FrameKind = "small" | "bulk" | "gossip";

interface Frame {
  readonly kind: FrameKind;
  readonly bytes: number;
  readonly arrive: () => void;
}

const RETRANSMISSION_MS = 200;

export class Link {
  conditions: LinkConditions;
  readonly #from: Station;
  readonly #to: Station;
  readonly #draws: SeededDraws;
  /** When the last frame of each kind has left, and when it arrives. */
  readonly #sentMs = { small: 0, bulk: 0, gossip: 0 };
  readonly #arrivalMs = { small: 0, bulk: 0, gossip: 0 };
  #isBlocked = false;
  /** Frames of streams that wait for a blocked link. */
  #parked: Frame[] = [];

  constructor(ends: { readonly from: Station; readonly to: Station }, conditions: LinkConditions, draws: SeededDraws) {
    this.#from = ends.from;
    this.#to = ends.to;
    this.conditions = conditions;
    this.#draws = draws;
  }

  get isBlocked(): boolean {
    return this.#isBlocked;
  }

  block(): void {
    this.#isBlocked = true;
  }

  open(): void {
    this.#isBlocked = false;
    const parked = this.#parked;
    this.#parked = [];
    for (const frame of parked) this.#carry(frame);
  }

  /** Nobody waits for these any more. */
  forgetParked(): void {
    this.#parked = [];
  }

  send(kind: FrameKind, bytes: number, arrive: () => void): void {
    if (this.#from.isHalted) return;
    const frame = { kind, bytes, arrive };
    if (!this.#isBlocked) this.#carry(frame);
    else if (kind !== "gossip") this.#parked.push(frame);
  }

  #carry({ kind, bytes, arrive }: Frame): void {
    const nowMs = this.#from.trueMs();
    const { latencyMs, jitterMs, bytesPerSecond, lossRate } = this.conditions;
    const sentMs = Math.max(nowMs, this.#sentMs[kind]) + (bytes / bytesPerSecond) * 1000;
    this.#sentMs[kind] = sentMs;
    let arrivalMs = sentMs + latencyMs + jitterMs * this.#draws.fraction();
    while (lossRate > 0 && this.#draws.fraction() < lossRate) {
      if (kind === "gossip") return;
      arrivalMs += Math.max(RETRANSMISSION_MS, 2 * latencyMs);
    }
    if (kind !== "gossip") {
      arrivalMs = Math.max(arrivalMs, this.#arrivalMs[kind]);
      this.#arrivalMs[kind] = arrivalMs;
    }
    this.#to.at(arrivalMs, arrive);
  }
}
