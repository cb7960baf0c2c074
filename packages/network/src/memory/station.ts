/** A simulated machine as far as time is concerned: its clock may be wrong, and it can be paused or halted for good. */
import type { DeviceKey } from "@neuroshard/protocol";
import type { Clock } from "../transport.ts";

export class Station implements Clock {
  readonly device: DeviceKey;
  readonly #clock: Clock;
  readonly #skewMs: number;
  #isHalted = false;
  #isPaused = false;
  #missed: (() => void)[] = [];

  /** `skewMs`: how far its clock is ahead. */
  constructor(device: DeviceKey, clock: Clock, skewMs: number) {
    this.device = device;
    this.#clock = clock;
    this.#skewMs = skewMs;
  }

  get isHalted(): boolean {
    return this.#isHalted;
  }

  /** Whether somebody who calls is answered. */
  get isAnswering(): boolean {
    return !this.#isHalted && !this.#isPaused;
  }

  /** What its own clock shows. */
  nowMs(): number {
    return this.#clock.nowMs() + this.#skewMs;
  }

  /** The time of the simulation. */
  trueMs(): number {
    return this.#clock.nowMs();
  }

  after(ms: number, action: () => void): () => void {
    return this.#clock.after(ms, () => this.#perform(action));
  }

  /** Something happens to it at this moment of the simulation. */
  at(trueMs: number, action: () => void): void {
    this.after(trueMs - this.#clock.nowMs(), action);
  }

  /** Nothing happens here until it is resumed; then everything that was missed does, in order. */
  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    const missed = this.#missed;
    this.#missed = [];
    for (const action of missed) this.after(0, action);
  }

  halt(): void {
    this.#isHalted = true;
    this.#missed = [];
  }

  #perform(action: () => void): void {
    if (this.#isHalted) return;
    if (this.#isPaused) this.#missed.push(action);
    else action();
  }
}
