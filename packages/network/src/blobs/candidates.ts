/** Peers that a blob may come from: who is asked next, who later, who not again. */
import type { DeviceKey } from "@neuroshard/protocol";

interface Candidate {
  readonly peer: DeviceKey;
  /** In a row. */
  failures: number;
  dueMs: number;
  isRunning: boolean;
  isOut: boolean;
}

export class Candidates {
  readonly #mostFailures: number;
  readonly #candidates = new Map<DeviceKey, Candidate>();

  constructor(mostFailures: number) {
    this.#mostFailures = mostFailures;
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
      this.#candidates.set(peer, { peer, failures: 0, dueMs: 0, isRunning: false, isOut: false });
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
    this.#candidates.get(peer)!.failures = 0;
  }

  /** There is nothing to do for it now. */
  rest(peer: DeviceKey): void {
    this.#candidates.get(peer)!.isRunning = false;
  }

  fail(peer: DeviceKey, dueMs: number): void {
    const candidate = this.#candidates.get(peer)!;
    candidate.isRunning = false;
    candidate.failures += 1;
    candidate.dueMs = dueMs;
    candidate.isOut = candidate.failures >= this.#mostFailures;
  }

  #all(): readonly Candidate[] {
    return [...this.#candidates.values()];
  }
}
