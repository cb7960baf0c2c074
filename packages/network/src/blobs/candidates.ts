/** Peers that a blob may come from: who is asked next, who later, who not again. */
import type { DeviceKey } from "@neuroshard/protocol";

interface Candidate {
  readonly peer: DeviceKey;
  /** In a row, like the refusals. */
  failures: number;
  refusals: number;
  dueMs: number;
  isRunning: boolean;
  isOut: boolean;
}

interface Patience {
  readonly failures: number;
  readonly refusals: number;
}

export class Candidates {
  readonly #most: Patience;
  readonly #candidates = new Map<DeviceKey, Candidate>();

  constructor(most: Patience) {
    this.#most = most;
  }

  get running(): number {
    return this.#all().filter(({ isRunning }) => isRunning).length;
  }

  /** How many were asked, or still will be. */
  get size(): number {
    return this.#candidates.size;
  }

  /** Nobody is asked any more, or will be. */
  get areExhausted(): boolean {
    return this.#all().every(({ isOut }) => isOut);
  }

  add(peers: Iterable<DeviceKey>): void {
    for (const peer of peers) {
      if (this.#candidates.has(peer)) continue;
      this.#candidates.set(peer, { peer, failures: 0, refusals: 0, dueMs: 0, isRunning: false, isOut: false });
    }
  }

  next(nowMs: number): DeviceKey | undefined {
    const next = this.#all().find(({ isOut, isRunning, dueMs }) => !isOut && !isRunning && dueMs <= nowMs);
    if (next !== undefined) next.isRunning = true;
    return next?.peer;
  }

  /** It is not asked again. */
  drop(peer: DeviceKey): void {
    const candidate = this.#candidates.get(peer)!;
    candidate.isRunning = false;
    candidate.isOut = true;
  }

  /** It was good for something. */
  succeed(peer: DeviceKey): void {
    const candidate = this.#candidates.get(peer)!;
    candidate.failures = 0;
    candidate.refusals = 0;
  }

  /** There is nothing to do for it now. */
  rest(peer: DeviceKey): void {
    this.#candidates.get(peer)!.isRunning = false;
  }

  /** It is asked again when it is due, unless patience is at its end. */
  putOff(peer: DeviceKey, why: keyof Patience, dueMs: number): void {
    const candidate = this.#candidates.get(peer)!;
    candidate.isRunning = false;
    candidate[why] += 1;
    candidate.dueMs = dueMs;
    candidate.isOut = candidate[why] >= this.#most[why];
  }

  #all(): readonly Candidate[] {
    return [...this.#candidates.values()];
  }
}
